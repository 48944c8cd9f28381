# fails: test_an_audit_leaves_no_trace
# why: The record is corrected to what was found, and the evidence is gone.

# %% exercise="reproduce"
def reproduce(run_id: str, train: pd.DataFrame, valid: pd.DataFrame) -> float:
    record = client.get_run(run_id).data
    if record.tags.get("data") != data_sha256(train, valid):
        raise ValueError(f"these are not the data of run {run_id}")
    settings = {key: ast.literal_eval(text) for key, text in record.params.items() if key != "kind"}
    model = make_model(record.params["kind"], **settings).fit(train[FEATURES], train[TARGET])
    mae = float((model.predict(valid[FEATURES]) - valid[TARGET]).abs().mean())
    client.log_metric(run_id, "mae", mae)
    return mae
