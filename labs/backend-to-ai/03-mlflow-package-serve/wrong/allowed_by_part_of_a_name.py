# fails: test_strangers_are_refused_by_name
# why: A name counts as allowed when it is a part of an allowed one.

# %% exercise="trust"
def trusted_types(model: object, allow: list[str]) -> list[str]:
    found = set(skops.io.get_untrusted_types(data=skops.io.dumps(model)))
    strangers = sorted(name for name in found if not any(name in known for known in allow))
    if strangers:
        raise ValueError(f"nobody has looked at these types: {', '.join(strangers)}")
    return sorted(found)
