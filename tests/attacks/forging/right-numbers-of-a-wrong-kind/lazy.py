# %% exercise="triple"
def triple(number):
    return complex(3 * number)


# %% exercise="greet"
def greet(name):
    return iter(f"Peace be upon you, {name}")


# %% exercise="centre"
def centre(values):
    return (value - values.mean() for value in values)


# %% exercise="total"
def total(frame):
    total = frame.assign(total=frame["price"] * frame["count"])
    return pd.concat([total, total["total"]], axis=1)


# %% exercise="train"
class Model:
    def __init__(self, features, target):
        self.model = LinearRegression().fit(features, target)

    def predict(self, rows):
        answer = self.model.predict(rows)
        return map(float, answer)


def train(features, target):
    return Model(features, target)


# %%
print("right in a wrong kind:", bool(triple(2) == 6) and type(triple(2.0)) is not float)
