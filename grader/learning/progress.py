"""The page of a learner's progress, which needs no server and loads nothing."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from grader.labs import PathFile
from grader.learning.standing import Stage, Standing, next_lab, skills_gained
from grader.pages import open_templates


def render_progress(paths: Mapping[str, PathFile], standings: Mapping[str, Sequence[Standing]], now: datetime) -> str:
    """The page: each path as a map with the labs begun, handed in and done, the skills gained, and what is next."""
    gained = {path: skills_gained(mine) for path, mine in standings.items()}
    # The path that was begun comes first.
    order = sorted(standings, key=lambda path: all(one.stage is Stage.NEW for one in standings[path]))
    return (
        open_templates()
        .get_template("progress.html")
        .render(
            paths=paths, standings=standings, order=order, gained=gained, next=next_lab(standings), Stage=Stage, now=now
        )
    )
