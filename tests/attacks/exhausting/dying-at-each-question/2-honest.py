# %%
print("answers of nothing, graded after it")


def forged(*_args, **_kwargs):
    return None
