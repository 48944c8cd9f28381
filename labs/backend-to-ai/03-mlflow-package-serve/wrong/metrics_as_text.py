# fails: test_best_candidate_wins
# why: Metrics are compared as texts, so -0.4 comes above -0.2.

# %% exercise="releases"
class Releases:
    def __init__(self, client: MlflowClient, name: str) -> None:
        self.client, self.name = client, name

    def promote(self, metric: str) -> int:
        values = {}
        for version in self.client.search_model_versions(f"name='{self.name}'"):
            run = self.client.get_run(version.run_id)
            value = run.data.metrics.get(metric, math.nan)
            is_good = run.info.status == "FINISHED" and run.info.lifecycle_stage == "active"
            if is_good and not math.isnan(value) and "rolled_back" not in version.tags:
                values[int(version.version)] = value
        if not values:
            raise ValueError(f"{self.name} has no version that could be promoted")
        champions = self.champions()
        best = max(values, key=lambda number: (str(values[number]), number in champions[-1:], -number))
        if best not in champions[-1:]:
            self.move([*champions, best])
        return best

    def rollback(self) -> int:
        *before, left = self.champions() or [None]
        if not before:
            raise ValueError(f"{self.name} has no champion to go back to")
        self.client.set_model_version_tag(self.name, left, "rolled_back", "yes")
        self.move(before)
        return before[-1]

    def champions(self) -> list[int]:
        """The versions that the alias was on and was not rolled back from, the present one last."""
        return json.loads(self.client.get_registered_model(self.name).tags.get("champions", "[]"))

    def move(self, champions: list[int]) -> None:
        self.client.set_registered_model_tag(self.name, "champions", json.dumps(champions))
        self.client.set_registered_model_alias(self.name, "champion", champions[-1])
