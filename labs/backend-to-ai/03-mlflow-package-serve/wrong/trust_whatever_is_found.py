# fails: test_strangers_are_refused_by_name
# why: Everything that skops reports is trusted: the check is switched off.

# %% exercise="trust"
def trusted_types(model: object, allow: list[str]) -> list[str]:
    found = set(skops.io.get_untrusted_types(data=skops.io.dumps(model)))
    return sorted(found)
