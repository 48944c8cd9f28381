# why: skops itself is asked to load with the list, and its refusal is turned into a ValueError.

# %% exercise="trust"
from skops.io.exceptions import UntrustedTypesFoundException


def trusted_types(model: object, allow: list[str]) -> list[str]:
    data = skops.io.dumps(model)
    needed = skops.io.get_untrusted_types(data=data)
    try:
        skops.io.loads(data, trusted=[name for name in allow if name in needed])
    except UntrustedTypesFoundException as error:
        raise ValueError(str(error)) from error
    return sorted(set(needed))
