# why: Runs git by itself, commits one path, and asks the refs for the version.

# %% exercise="release"
def release(repo_dir: str, version: str, metrics: dict) -> str:
    def run(*arguments: str) -> subprocess.CompletedProcess:
        return subprocess.run([GIT, *arguments], cwd=repo_dir, capture_output=True, text=True, check=False)

    taken = run("rev-parse", "--verify", "--quiet", f"refs/tags/{version}").returncode == 0
    dirty = run("status", "--short").stdout.splitlines()
    if taken or dirty:
        raise ValueError(version if taken else dirty)
    with Path(repo_dir, "metrics.json").open("w") as file:
        json.dump(metrics, file)
    run("add", "--", "metrics.json")
    run("commit", "--quiet", "--allow-empty", "--message", f"{version}: new metrics")
    run("tag", "--annotate", version, "--message", f"Release {version}")
    return run("rev-list", "-n", "1", version).stdout.strip()
