# fails: test_a_version_is_given_once
# why: A version that is taken is moved to the new commit.

# %% exercise="release"
def release(repo_dir: str, version: str, metrics: dict) -> str:
    if git(repo_dir, "status", "--porcelain"):
        raise ValueError("commit or remove your changes first: a release is what is committed")
    (Path(repo_dir) / "metrics.json").write_text(json.dumps(metrics, indent=2, sort_keys=True) + "\n")
    git(repo_dir, "add", "metrics.json")
    git(repo_dir, "commit", "--allow-empty", "-m", f"Release {version}")
    git(repo_dir, "tag", "-f", "-a", version, "-m", f"Release {version}")
    return git(repo_dir, "rev-parse", "HEAD")
