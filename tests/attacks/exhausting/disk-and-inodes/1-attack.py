# %%
import os
import shutil
import tempfile

MEGABYTE = 1024 * 1024
# Where nothing isolates, /dev/shm belongs to the whole machine, and is left alone.
isolated = os.getcwd() == "/work" and os.getuid() == 65534
places = [os.getcwd(), tempfile.gettempdir(), *(["/dev/shm"] if isolated else [])]


def fill(place):
    """How many megabytes the place takes, 200 at most."""
    name = os.path.join(place, f"filled-{os.getpid()}")
    written = 0
    try:
        with open(name, "wb", buffering=0) as file:
            while written < 200 and file.write(bytes(MEGABYTE)) == MEGABYTE:
                written += 1
    except OSError:
        pass
    finally:
        os.unlink(name)
    if written < 200:
        print(f"{place} is full")
    return written


for place in places:
    if fill(place) >= 200:
        print("ATTACK", f"SUCCEEDED: 200 MB written to {place}")


# %%
def crowd(place):
    """How many empty files the place takes, 210,000 at most."""
    folder = tempfile.mkdtemp(dir=place)
    made = 0
    try:
        while made < 210_000:
            os.mknod(f"{folder}/{made}")
            made += 1
    except OSError:
        print(f"{place} takes no more files")
    finally:
        shutil.rmtree(folder)
    return made


if crowd(os.getcwd()) > 200_000:
    print("ATTACK", "SUCCEEDED: 200,000 files in the work folder")
