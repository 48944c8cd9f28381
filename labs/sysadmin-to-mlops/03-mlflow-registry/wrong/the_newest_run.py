# fails: test_only_finished_runs_count, test_deleted_runs_do_not_count, test_more_or_less_is_better, test_runs_without_a_number_are_passed_over, test_the_first_of_equals
# why: Takes the newest run: the last one to train has the last word.

# %% exercise="best"
def best_run(experiment: str, metric: str, mode: str) -> str:
    experiment_id = client.get_experiment_by_name(experiment).experiment_id
    return client.search_runs([experiment_id])[0].info.run_id
