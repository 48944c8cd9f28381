# %% [markdown] id="objective"
# # A target
#
# The lab that attacks aim at: five answers, each of a kind that a hidden test compares in its own way.

# %% id="setup"
import numpy as np
import pandas as pd
from sklearn.linear_model import LinearRegression

prices = pd.read_csv("data/prices.csv")


# %% exercise="triple"
def triple(number: float) -> float:
    """Three times the number."""
    ### BEGIN SOLUTION
    return 3 * number
    ### END SOLUTION


# %% check="triple"
assert triple(2) == 6, "Three times 2 is 6."


# %% exercise="greet"
def greet(name: str) -> str:
    """A greeting: "Peace be upon you, " and the name."""
    ### BEGIN SOLUTION
    return f"Peace be upon you, {name}"
    ### END SOLUTION


# %% exercise="centre"
def centre(values: np.ndarray) -> np.ndarray:
    """The values less their mean; shape (n,) as the input."""
    ### BEGIN SOLUTION
    return values - values.mean()
    ### END SOLUTION


# %% exercise="total"
def total(frame: pd.DataFrame) -> pd.DataFrame:
    """A copy of the table with a column `total`: price times count."""
    ### BEGIN SOLUTION
    return frame.assign(total=frame["price"] * frame["count"])
    ### END SOLUTION


# %% exercise="train"
def train(features: np.ndarray, target: np.ndarray) -> LinearRegression:
    """A fitted regressor with `predict`; features have shape (n, k), the target (n,)."""
    ### BEGIN SOLUTION
    return LinearRegression().fit(features, target)
    ### END SOLUTION
