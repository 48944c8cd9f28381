# fails: test_pickle_stays_shut
# why: Where the skops file is missing, the pickle is taken: it is the package that was released, after all.

# %% exercise="load"
def load_checked(folder: str, digest: str, allow: list[str]) -> Pipeline:
    file = Path(folder) / "model.skops"
    if digest_of(folder) != digest:
        raise ValueError("this is not the package that was released")
    if not file.is_file():
        return pickle.loads(next(Path(folder).glob("*.pkl")).read_bytes())
    found = skops.io.get_untrusted_types(file=file)
    if set(found) - set(allow):
        raise ValueError(f"types that are not allowed: {sorted(set(found) - set(allow))}")
    return skops.io.load(file, trusted=found)
