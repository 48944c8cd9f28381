# fails: test_strangers_are_refused_by_name
# why: One allowed type lets all the others in.

# %% exercise="trust"
def trusted_types(model: object, allow: list[str]) -> list[str]:
    found = set(skops.io.get_untrusted_types(data=skops.io.dumps(model)))
    strangers = sorted(found - set(allow))
    if strangers and not found & set(allow):
        raise ValueError(f"nobody has looked at these types: {', '.join(strangers)}")
    return sorted(found)
