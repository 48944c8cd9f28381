# fails: test_needed_types_are_returned
# why: The types come in the order of the allow-list, so two packages of one model differ.

# %% exercise="trust"
def trusted_types(model: object, allow: list[str]) -> list[str]:
    found = set(skops.io.get_untrusted_types(data=skops.io.dumps(model)))
    strangers = sorted(found - set(allow))
    if strangers:
        raise ValueError(f"nobody has looked at these types: {', '.join(strangers)}")
    return [name for name in allow if name in found]
