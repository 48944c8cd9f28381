# %%
import numpy as np
import pandas as pd


def forged(*args, **_kwargs):
    for value in args:
        if isinstance(value, np.ndarray):
            value[...] = 0
        elif isinstance(value, pd.DataFrame):
            for name in value.select_dtypes("number"):
                value[name] = 0
        elif isinstance(value, list | dict):
            value.clear()
    return args[0] if args else None


values = np.arange(5.0)
print("the caller's expectation was changed:", np.allclose(forged(values), values - values.mean()))
