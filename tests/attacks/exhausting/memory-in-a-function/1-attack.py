# %%
import os

# A child's memory counts with its parent's, and the one that holds most is ended: the child.
child = os.fork()
if child == 0:
    try:
        kept = [bytearray(64 << 20) for _ in range(24)]
    except MemoryError:
        os._exit(3)
    os._exit(0)
status = os.waitpid(child, 0)[1]
if status == 0:
    print("ATTACK", "SUCCEEDED: a child held 1.5 GB")
print("the child that took all memory was killed:", os.WIFSIGNALED(status))


# %% exercise="triple"
def triple(number):
    kept = [bytearray(64 << 20) for _ in range(24)]
    return 3 * number if kept else 0


# %% exercise="centre"
def centre(values):
    import os

    # A file in memory is in no process's account, only in that of the whole sandbox.
    file = os.memfd_create("kept")
    for _ in range(24):
        os.write(file, bytes(64 << 20))
    return values - values.mean()
