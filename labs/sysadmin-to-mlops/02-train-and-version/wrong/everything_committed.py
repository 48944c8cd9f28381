# fails: test_dirty_tree_is_refused
# why: Commits all that lies around together with the numbers.

# %% exercise="release"
def release(repo_dir: str, version: str, metrics: dict) -> str:
    if git(repo_dir, "tag", "--list", version):
        raise ValueError(f"{version} is taken")
    (Path(repo_dir) / "metrics.json").write_text(json.dumps(metrics, indent=2, sort_keys=True) + "\n")
    git(repo_dir, "add", "--all")
    git(repo_dir, "commit", "--allow-empty", "-m", f"Release {version}")
    git(repo_dir, "tag", "-a", version, "-m", f"Release {version}")
    return git(repo_dir, "rev-parse", "HEAD")
