# fails: test_strangers_are_refused_by_name
# why: All of scikit-learn is trusted, and all of the notebook.

# %% exercise="trust"
def trusted_types(model: object, allow: list[str]) -> list[str]:
    found = set(skops.io.get_untrusted_types(data=skops.io.dumps(model)))
    strangers = sorted(name for name in found - set(allow) if name.partition(".")[0] not in {"sklearn", "__main__"})
    if strangers:
        raise ValueError(f"nobody has looked at these types: {', '.join(strangers)}")
    return sorted(found)
