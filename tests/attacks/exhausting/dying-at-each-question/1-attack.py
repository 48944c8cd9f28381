# %%
import time

time.sleep(3)
print("a slow cell, to be run again for every death")


def forged(*_args, **_kwargs):
    import os

    os._exit(7)
