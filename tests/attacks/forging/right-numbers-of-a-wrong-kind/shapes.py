# %% exercise="triple"
def triple(number):
    return np.array([3 * number])


# %% exercise="greet"
def greet(name):
    return [f"Peace be upon you, {name}"]


# %% exercise="centre"
def centre(values):
    return np.array([[one] for one in values - values.mean()])


# %% exercise="total"
def total(frame):
    total = frame.assign(total=frame["price"] * frame["count"])
    return total[["total", *frame.columns]]


# %% exercise="train"
class Model:
    def __init__(self, features, target):
        self.model = LinearRegression().fit(features, target)

    def predict(self, rows):
        answer = self.model.predict(rows)
        return answer[None, :]


def train(features, target):
    return Model(features, target)


# %%
print("right in a wrong kind:", bool(triple(2) == 6) and type(triple(2.0)) is not float)
