# fails: test_commit_holds_the_metrics
# why: Returns seven digits, which may not be enough next year.

# %% exercise="release"
def release(repo_dir: str, version: str, metrics: dict) -> str:
    if git(repo_dir, "status", "--porcelain"):
        raise ValueError("commit or remove your changes first: a release is what is committed")
    if git(repo_dir, "tag", "--list", version):
        raise ValueError(f"{version} is taken")
    (Path(repo_dir) / "metrics.json").write_text(json.dumps(metrics, indent=2, sort_keys=True) + "\n")
    git(repo_dir, "add", "metrics.json")
    git(repo_dir, "commit", "--allow-empty", "-m", f"Release {version}")
    git(repo_dir, "tag", "-a", version, "-m", f"Release {version}")
    return git(repo_dir, "rev-parse", "--short", "HEAD")
