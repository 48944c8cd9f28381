# fails: test_settings_come_from_the_record
# why: The best run was a ridge, so the kind is written into the code.

# %% exercise="reproduce"
def reproduce(run_id: str, train: pd.DataFrame, valid: pd.DataFrame) -> float:
    record = client.get_run(run_id).data
    if record.tags.get("data") != data_sha256(train, valid):
        raise ValueError(f"these are not the data of run {run_id}")
    settings = {key: ast.literal_eval(text) for key, text in record.params.items() if key != "kind"}
    model = make_model("ridge", **settings).fit(train[FEATURES], train[TARGET])
    return float((model.predict(valid[FEATURES]) - valid[TARGET]).abs().mean())
