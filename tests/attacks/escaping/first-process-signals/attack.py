# %%
import os
import signal
import time

supervisor = os.getppid()
asked = 0


def send(number):
    """Send a signal to the first process in every way there is."""
    global asked
    ways = [lambda: os.kill(supervisor, number), lambda: signal.pidfd_send_signal(os.pidfd_open(supervisor), number)]
    if signal.getsignal(number) is signal.SIG_IGN:
        # To its group as well: this process ignores what then comes back to itself.
        ways += [lambda: os.kill(0, number), lambda: os.killpg(os.getpgid(supervisor), number)]
    for way in ways:
        try:
            way()
        except OSError:
            continue
    asked += 1
    # One at a time, so that none hides behind another.
    time.sleep(0.01)


# Python handles interrupts, so they are not among those that process 1 is spared.
signal.signal(signal.SIGINT, signal.SIG_IGN)
last = {signal.SIGKILL, signal.SIGSTOP}
for number in sorted(set(range(1, 65)) - {32, 33}, key=lambda one: one in last):
    send(number)
time.sleep(0.3)
print("still here after signals of every kind:", os.getppid() == supervisor and asked == 62)

# %%
import os

# A first process that was stopped, or that lost its child out of sight, would leave the host waiting.
os._exit(41)
