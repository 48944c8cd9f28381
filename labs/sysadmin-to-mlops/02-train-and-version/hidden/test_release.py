"""Exercise `release`: repositories made in the learner's sandbox, and what git says about them."""

import json
import re

import pytest

# Makes a repository with a history, and says what is in it; `_git` is this file's own and not the learner's.
REPOSITORY = """
import pathlib as _pathlib, subprocess as _subprocess, tempfile as _tempfile

def _git(folder, *arguments):
    done = _subprocess.run(["git", "-C", str(folder), *arguments], check=True, capture_output=True, text=True)
    return done.stdout.strip()

def _make(branch="main"):
    folder = _pathlib.Path(_tempfile.mkdtemp())
    _git(folder, "init", "-q", "-b", branch)
    _git(folder, "config", "user.name", "Shift")
    _git(folder, "config", "user.email", "shift@example.org")
    (folder / "train.py").write_text("print('train')\\n")
    (folder / "conf").mkdir()
    (folder / "conf" / "job.ini").write_text("[job]\\nseed = 1\\n")
    (folder / ".gitignore").write_text("*.log\\n")
    _git(folder, "add", ".")
    _git(folder, "commit", "-q", "-m", "First")
    _git(folder, "tag", "v0")
    (folder / "night.log").write_text("ignored\\n")
    return folder

def _state(folder):
    files = {str(one.relative_to(folder)): one.read_text() for one in sorted(folder.rglob("*"))
             if one.is_file() and ".git" not in one.relative_to(folder).parts}
    return [_git(folder, "rev-parse", "HEAD"), _git(folder, "show-ref"), _git(folder, "status", "--porcelain"), files]

def _outcome(folder, version, metrics):
    try:
        return release(str(folder), version, metrics)
    except ValueError:
        return "ValueError"

"""
GOOD = (
    REPOSITORY
    + """
_facts = []
for _branch in ("main", "night"):
    _folder = _make(_branch)
    _before = _git(_folder, "rev-parse", "HEAD")
    for _version, _metrics in releases:
        _sha = release(str(_folder), _version, _metrics)
        _facts.append({
            "returned": _sha,
            "head": _git(_folder, "rev-parse", "HEAD"),
            "parent": _git(_folder, "rev-parse", "HEAD^") == _before,
            "branch": _git(_folder, "rev-parse", "--abbrev-ref", "HEAD") == _branch,
            "changed": _git(_folder, "diff", "--name-only", "HEAD^", "HEAD").split(),
            "message": _git(_folder, "log", "-1", "--format=%B"),
            "metrics": _git(_folder, "show", "HEAD:metrics.json")
            if "metrics.json" in _git(_folder, "ls-tree", "--name-only", "HEAD").split() else "",
            "status": _git(_folder, "status", "--porcelain"),
            "kinds": _git(_folder, "for-each-ref", "--format=%(objecttype)", f"refs/tags/{_version}"),
            "target": _git(_folder, "rev-list", "-1", f"refs/tags/{_version}")
            if _git(_folder, "tag", "--list", _version) else "",
        })
        _before = _git(_folder, "rev-parse", "HEAD")
_facts
"""
)
DIRTY = (
    REPOSITORY
    + """
def _modified(folder):
    (folder / "train.py").write_text("print('other')\\n")

def _staged(folder):
    _modified(folder)
    _git(folder, "add", "train.py")

def _untracked(folder):
    (folder / "new.py").write_text("")

def _untracked_below(folder):
    (folder / "conf" / "extra.ini").write_text("")

def _removed(folder):
    (folder / "conf" / "job.ini").unlink()

def _staged_and_back(folder):
    _staged(folder)
    (folder / "train.py").write_text("print('train')\\n")

_facts = []
for _spoil in (_modified, _staged, _untracked, _untracked_below, _removed, _staged_and_back):
    _folder = _make()
    _spoil(_folder)
    _before = _state(_folder)
    _facts.append([_outcome(_folder, "v1", {"a": 1}), _before, _state(_folder)])
_facts
"""
)
TAKEN = (
    REPOSITORY
    + """
_folder = _make()
_outcomes = [_outcome(_folder, "v10", {"a": 1})]
_before = _state(_folder)
_outcomes += [_outcome(_folder, "v10", {"a": 2}), _outcome(_folder, "v0", {"a": 3})]
_after = _state(_folder)
_outcomes += [_outcome(_folder, "v1", {"a": 4})]
[_outcomes, _before, _after]
"""
)
RELEASES = [
    ["v1", {"average_precision": 0.5, "rows": 120, "baseline": 0.0625}],
    ["v2", {"average_precision": 0.75, "rows": 130, "baseline": 0.125}],
    ["v3", {"average_precision": 0.75, "rows": 130, "baseline": 0.125}],
]


@pytest.fixture(scope="module")
def facts(notebook):
    """What git says after each of three releases, on two branches."""
    return notebook.run(GOOD, releases=RELEASES)


def test_commit_holds_the_metrics(facts):
    assert isinstance(facts, list)
    assert len(facts) == 6
    for fact, (version, metrics) in zip(facts, [*RELEASES, *RELEASES], strict=True):
        assert isinstance(fact["returned"], str)
        assert re.fullmatch("[0-9a-f]{40}", fact["returned"])
        assert fact["returned"] == fact["head"]
        assert fact["parent"] is True, "it is not one commit"
        assert fact["branch"] is True, "another branch is checked out"
        assert fact["changed"] == ([] if version == "v3" else ["metrics.json"])
        assert version in fact["message"]
        assert json.loads(fact["metrics"]) == metrics
        assert fact["status"] == "", "the tree is not clean"


def test_tag_is_annotated(facts):
    assert isinstance(facts, list)
    assert len(facts) == 6
    for fact in facts:
        assert fact["kinds"] == "tag"
        assert re.fullmatch("[0-9a-f]{40}", fact["target"])
        assert fact["target"] == fact["head"]


def test_dirty_tree_is_refused(notebook):
    facts = notebook.run(DIRTY)
    assert isinstance(facts, list)
    assert len(facts) == 6
    for outcome, before, after in facts:
        assert outcome == "ValueError"
        assert after == before, "something was changed"


def test_a_version_is_given_once(notebook):
    told = notebook.run(TAKEN)
    assert isinstance(told, list)
    outcomes, before, after = told
    assert [outcome == "ValueError" for outcome in outcomes] == [False, True, True, False]
    assert after == before, "something was changed"
