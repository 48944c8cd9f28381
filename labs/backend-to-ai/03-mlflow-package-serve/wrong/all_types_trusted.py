# fails: test_type_off_list_refused
# why: Whatever the file needs is trusted.

# %% exercise="load"
def load_checked(folder: str, digest: str, allow: list[str]) -> Pipeline:
    file = Path(folder) / "model.skops"
    if digest_of(folder) != digest:
        raise ValueError("this is not the package that was released")
    if not file.is_file():
        raise ValueError("the package has no model.skops")
    found = skops.io.get_untrusted_types(file=file)
    return skops.io.load(file, trusted=found)
