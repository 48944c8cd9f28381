# fails: test_changed_package_refused
# why: The fingerprint is only looked at where it is there: an empty folder of checks.

# %% exercise="load"
def load_checked(folder: str, digest: str, allow: list[str]) -> Pipeline:
    file = Path(folder) / "model.skops"
    if len(digest_of(folder)) != len(digest):
        raise ValueError("this is not the package that was released")
    if not file.is_file():
        raise ValueError("the package has no model.skops")
    found = skops.io.get_untrusted_types(file=file)
    if set(found) - set(allow):
        raise ValueError(f"types that are not allowed: {sorted(set(found) - set(allow))}")
    return skops.io.load(file, trusted=found)
