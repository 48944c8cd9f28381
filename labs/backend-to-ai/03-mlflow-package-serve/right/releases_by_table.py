# why: A table of versions, sorted; each version's tag says when it became champion.

# %% exercise="releases"
class Releases:
    def __init__(self, client: MlflowClient, name: str) -> None:
        self.client, self.name = client, name

    def _table(self, metric: str | None = None) -> pd.DataFrame:
        rows = []
        for version in self.client.search_model_versions(f"name='{self.name}'"):
            run = self.client.get_run(version.run_id)
            usable = run.info.status == "FINISHED" and run.info.lifecycle_stage != "deleted"
            value = run.data.metrics.get(metric) if usable and version.tags.get("state") != "withdrawn" else None
            since = int(version.tags.get("since", 0)) if version.tags.get("state") != "withdrawn" else 0
            rows.append({"version": int(version.version), "value": value, "since": since})
        return pd.DataFrame(rows, columns=["version", "value", "since"]).astype({"value": float})

    def _stays(self) -> list[int]:
        noted = self.client.get_registered_model(self.name).tags.get("stays", "")
        return [int(text) for text in noted.split()]

    def _note(self, stays: list[int]) -> int:
        self.client.set_registered_model_alias(self.name, "champion", str(stays[-1]))
        self.client.set_registered_model_tag(self.name, "stays", " ".join(map(str, stays)))
        return stays[-1]

    def promote(self, metric: str) -> int:
        table = self._table(metric).dropna(subset="value")
        if table.empty:
            raise ValueError("no candidate")
        stays = self._stays()
        equal = table.loc[table["value"] == table["value"].max(), "version"].tolist()
        if stays and stays[-1] in equal:
            return stays[-1]
        return self._note([*stays, min(equal)])

    def rollback(self) -> int:
        stays = self._stays()
        if len(stays) < 2:
            raise ValueError("nothing to go back to")
        self.client.set_model_version_tag(self.name, str(stays[-1]), "state", "withdrawn")
        return self._note(stays[:-1])
