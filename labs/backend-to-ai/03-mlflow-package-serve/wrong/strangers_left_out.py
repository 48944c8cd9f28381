# fails: test_strangers_are_refused_by_name
# why: Strangers are left out of the list in silence; the package will not load, and nobody knows why.

# %% exercise="trust"
def trusted_types(model: object, allow: list[str]) -> list[str]:
    found = set(skops.io.get_untrusted_types(data=skops.io.dumps(model)))
    return sorted(found & set(allow))
