# why: The table of runs in pandas: filter, drop, sort.

# %% exercise="best"
def best_run(experiment: str, metric: str, mode: str) -> str:
    ascending = {"min": True, "max": False}.get(mode)
    if ascending is None:
        raise ValueError(mode)
    table = mlflow.search_runs(experiment_names=[experiment])
    column = f"metrics.{metric}"
    if table.empty or column not in table:
        raise LookupError(metric)
    table = table[table["status"] == "FINISHED"].dropna(subset=[column])
    if table.empty:
        raise LookupError(metric)
    return table.sort_values([column, "start_time"], ascending=[ascending, True])["run_id"].iloc[0]
