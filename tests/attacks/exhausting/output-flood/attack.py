# %%
import os
import subprocess

MEGABYTE = 1_000_000
for _ in range(300):
    print("p" * MEGABYTE)


# %%
def flood_below(megabytes):
    """Write past Python, to the descriptor itself, until it is full."""
    try:
        for _ in range(megabytes):
            os.write(1, b"w" * MEGABYTE)
    except OSError:
        return


flood_below(100)


# %%
subprocess.run(["head", "-c", "100000000", "/dev/zero"], stderr=subprocess.DEVNULL, check=False)


# %% exercise="triple"
def triple(number):
    for _ in range(50):
        print("q" * MEGABYTE)
    flood_below(50)
    subprocess.run(["head", "-c", "50000000", "/dev/zero"], stderr=subprocess.DEVNULL, check=False)
    return 3 * number


# %%
print("after the floods there is room for output again")
