# %%
from decimal import Decimal


# %% exercise="triple"
def triple(number):
    return Decimal(3 * number)


# %% exercise="greet"
def greet(name):
    return np.array([f"Peace be upon you, {name}"])


# %% exercise="centre"
def centre(values):
    return (values - values.mean()).astype(complex) + 1j * np.arange(len(values))


# %% exercise="total"
def total(frame):
    frame["total"] = frame["price"] * frame["count"]
    return frame


# %% exercise="train"
class Model:
    def __init__(self, features, target):
        self.model = LinearRegression().fit(features, target)

    def predict(self, rows):
        answer = self.model.predict(rows)
        return np.array([repr(float(one)) for one in answer])


def train(features, target):
    return Model(features, target)


# %%
print("right in a wrong kind:", bool(triple(2) == 6) and type(triple(2.0)) is not float)
