# fails: test_strangers_are_refused_by_name
# why: Only the first stranger is named, the others come one by one.

# %% exercise="trust"
def trusted_types(model: object, allow: list[str]) -> list[str]:
    found = set(skops.io.get_untrusted_types(data=skops.io.dumps(model)))
    strangers = sorted(found - set(allow))
    if strangers:
        raise ValueError(f"nobody has looked at these types: {strangers[0]}")
    return sorted(found)
