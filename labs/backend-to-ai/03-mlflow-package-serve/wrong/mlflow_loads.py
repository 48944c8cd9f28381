# fails: test_type_off_list_refused, test_pickle_stays_shut
# why: MLflow loads, and goes by the list that lies in the package.

# %% exercise="load"
def load_checked(folder: str, digest: str, allow: list[str]) -> Pipeline:
    if digest_of(folder) != digest:
        raise ValueError("changed since it was released")
    return mlflow.sklearn.load_model(str(folder))
