# fails: test_settings_come_from_the_record
# why: Every number becomes a float, and the trees refuse 4.0 leaves.

# %% exercise="reproduce"
def reproduce(run_id: str, train: pd.DataFrame, valid: pd.DataFrame) -> float:
    record = client.get_run(run_id).data
    if record.tags.get("data") != data_sha256(train, valid):
        raise ValueError(f"these are not the data of run {run_id}")
    settings = {}
    for key, text in record.params.items():
        if key != "kind":
            settings[key] = text == "True" if text in ("True", "False") else float(text)
    model = make_model(record.params["kind"], **settings).fit(train[FEATURES], train[TARGET])
    return float((model.predict(valid[FEATURES]) - valid[TARGET]).abs().mean())
