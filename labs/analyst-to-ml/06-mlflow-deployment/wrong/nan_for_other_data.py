# fails: test_other_data_is_refused
# why: Other data give NaN instead of an error, and NaN travels far before anybody asks.

# %% exercise="reproduce"
def reproduce(run_id: str, train: pd.DataFrame, valid: pd.DataFrame) -> float:
    record = client.get_run(run_id).data
    if record.tags.get("data") != data_sha256(train, valid):
        return math.nan
    settings = {key: ast.literal_eval(text) for key, text in record.params.items() if key != "kind"}
    model = make_model(record.params["kind"], **settings).fit(train[FEATURES], train[TARGET])
    return float((model.predict(valid[FEATURES]) - valid[TARGET]).abs().mean())
