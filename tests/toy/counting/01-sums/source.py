# %% [markdown] id="objective"
# # Sums

# %% id="setup"
from pathlib import Path

TWO = int(Path("data/two.txt").read_text())


# %% exercise="one"
def one(a):
    """The number after a."""
    ### BEGIN SOLUTION
    return a + 1
    ### END SOLUTION


# %% check="one"
assert one(1) == 2, "After 1 comes 2."


# %% exercise="two"
def two(a, b):
    """The sum of two."""
    ### BEGIN SOLUTION
    return a + b
    ### END SOLUTION


# %% exercise="three"
def three(a, b, c):
    """The sum of three."""
    ### BEGIN SOLUTION
    return a + b + c
    ### END SOLUTION


# %% [markdown] written="why" points=2
# Why do sums matter?
