# fails: test_error_is_worked_out_anew, test_settings_come_from_the_record
# why: The record's own claim is returned: that is what was to be proved.

# %% exercise="reproduce"
def reproduce(run_id: str, train: pd.DataFrame, valid: pd.DataFrame) -> float:
    record = client.get_run(run_id).data
    if record.tags.get("data") != data_sha256(train, valid):
        raise ValueError(f"these are not the data of run {run_id}")
    return float(client.get_run(run_id).data.metrics["mae"])
