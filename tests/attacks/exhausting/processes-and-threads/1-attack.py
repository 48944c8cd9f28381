# %%
import os
import signal
import threading
import time

ALLOWED, TRIED = 64, 200


def fork_many():
    """As many children as there may be at once; they sleep for a little, whoever forgets them."""
    children = []
    try:
        while len(children) < TRIED:
            child = os.fork()
            if child == 0:
                time.sleep(20)
                os._exit(0)
            children.append(child)
    except OSError:
        print("no more children were allowed")
    return children


children = fork_many()
if len(children) >= ALLOWED:
    print("ATTACK", "SUCCEEDED: more processes than a lab allows")
for child in children:
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


# %%
done = threading.Event()
threads = []
try:
    while len(threads) < TRIED:
        threads.append(threading.Thread(target=done.wait, args=(20,), daemon=True))
        threads[-1].start()
except RuntimeError:
    print("no more threads were allowed")
else:
    print("ATTACK", "SUCCEEDED: more threads than a lab allows")
done.set()
for thread in threads[:-1]:
    thread.join()


# %%
# Forty dead children that nobody asks after keep their places, and twenty whose parent is gone go to process 1.
for number in range(60):
    if os.fork() == 0:
        if number < 20 and os.fork() == 0:
            time.sleep(0.2)
        os._exit(0)
print("left behind dead and orphaned")
