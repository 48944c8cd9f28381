# %%
import time

began = time.monotonic()
time.sleep(0.2)
print("it can be slow by as much as it wants:", time.monotonic() - began >= 0.2)


def say(word):
    """Be slow by the place of its first letter in the alphabet, in tenths of a second."""
    time.sleep((ord(word[0].upper()) - ord("A")) / 10)


# %% exercise="triple"
def triple(number):
    # Three questions, one after the other: a page with two places would say at least the first of them.
    time.sleep(1.2)
    return 3 * number


# %% exercise="greet"
def greet(name):
    say(name)
    return f"Peace be upon you, {name}"


# %% exercise="centre"
def centre(values):
    time.sleep(abs(values[0]) / 40)
    return values - values.mean()


# %% exercise="total"
def total(frame):
    say(frame["item"][0])
    return frame.assign(total=frame["price"] * frame["count"])


# %% exercise="train"
def train(features, target):
    # So slow that it is late: the one word of this attack that comes through, as one of the outcomes.
    time.sleep(30)
