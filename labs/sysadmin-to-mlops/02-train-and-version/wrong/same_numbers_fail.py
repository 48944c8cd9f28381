# fails: test_commit_holds_the_metrics, test_tag_is_annotated
# why: With the same numbers as before there is nothing to commit, and the release dies half-way.

# %% exercise="release"
def release(repo_dir: str, version: str, metrics: dict) -> str:
    if git(repo_dir, "status", "--porcelain"):
        raise ValueError("commit or remove your changes first: a release is what is committed")
    if git(repo_dir, "tag", "--list", version):
        raise ValueError(f"{version} is taken")
    (Path(repo_dir) / "metrics.json").write_text(json.dumps(metrics, indent=2, sort_keys=True) + "\n")
    git(repo_dir, "add", "metrics.json")
    git(repo_dir, "commit", "-m", f"Release {version}")
    git(repo_dir, "tag", "-a", version, "-m", f"Release {version}")
    return git(repo_dir, "rev-parse", "HEAD")
