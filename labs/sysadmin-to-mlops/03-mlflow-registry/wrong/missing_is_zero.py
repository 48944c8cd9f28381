# fails: test_runs_without_a_number_are_passed_over
# why: A missing metric counts as zero: the best error there is.

# %% exercise="best"
def best_run(experiment: str, metric: str, mode: str) -> str:
    if mode not in ("max", "min"):
        raise ValueError(f"mode is max or min, not {mode}")
    experiment_id = client.get_experiment_by_name(experiment).experiment_id
    runs = client.search_runs([experiment_id], filter_string="attributes.status = 'FINISHED'")
    if not runs:
        raise LookupError(f"no finished run of {experiment} has a {metric}")
    sign = -1 if mode == "max" else 1
    best = min(runs, key=lambda run: (sign * np.nan_to_num(run.data.metrics.get(metric, 0)), run.info.start_time))
    return best.info.run_id
