# %%
import numpy as np

large = np.zeros(7_500_000)
print("an answer has this many bytes:", large.nbytes)


def forged(*_args, **_kwargs):
    return large
