# fails: test_no_more_than_needed
# why: The whole allow-list is handed on, so the package may hold what it does not need.

# %% exercise="trust"
def trusted_types(model: object, allow: list[str]) -> list[str]:
    found = set(skops.io.get_untrusted_types(data=skops.io.dumps(model)))
    strangers = sorted(found - set(allow))
    if strangers:
        raise ValueError(f"nobody has looked at these types: {', '.join(strangers)}")
    return sorted(set(allow))
