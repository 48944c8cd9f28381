# fails: test_other_data_is_refused
# why: The fingerprint is not compared, so other data prove whatever they like.

# %% exercise="reproduce"
def reproduce(run_id: str, train: pd.DataFrame, valid: pd.DataFrame) -> float:
    record = client.get_run(run_id).data
    settings = {key: ast.literal_eval(text) for key, text in record.params.items() if key != "kind"}
    model = make_model(record.params["kind"], **settings).fit(train[FEATURES], train[TARGET])
    return float((model.predict(valid[FEATURES]) - valid[TARGET]).abs().mean())
