# fails: test_commit_holds_the_metrics
# why: The numbers go into the message only.

# %% exercise="release"
def release(repo_dir: str, version: str, metrics: dict) -> str:
    if git(repo_dir, "status", "--porcelain"):
        raise ValueError("commit or remove your changes first: a release is what is committed")
    if git(repo_dir, "tag", "--list", version):
        raise ValueError(f"{version} is taken")
    git(repo_dir, "commit", "--allow-empty", "-m", f"Release {version} {metrics}")
    git(repo_dir, "tag", "-a", version, "-m", f"Release {version}")
    return git(repo_dir, "rev-parse", "HEAD")
