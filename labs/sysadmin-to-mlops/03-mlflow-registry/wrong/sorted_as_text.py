# fails: test_more_or_less_is_better, test_runs_without_a_number_are_passed_over
# why: Values are compared as text, so 9.5 is more than 110.25.

# %% exercise="best"
def best_run(experiment: str, metric: str, mode: str) -> str:
    if mode not in ("max", "min"):
        raise ValueError(f"mode is max or min, not {mode}")
    experiment_id = client.get_experiment_by_name(experiment).experiment_id
    runs = client.search_runs([experiment_id], filter_string="attributes.status = 'FINISHED'")
    runs = [run for run in runs if not math.isnan(run.data.metrics.get(metric, math.nan))]
    if not runs:
        raise LookupError(f"no finished run of {experiment} has a {metric}")
    runs.sort(key=lambda run: run.info.start_time)
    best = (max if mode == "max" else min)(runs, key=lambda run: str(run.data.metrics[metric]))
    return best.info.run_id
