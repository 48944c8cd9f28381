"""Pairs of submissions that are too alike to be two people's work; it accuses nobody, a person reads them.

Two measures. How much of the structure is shared, names left out: copydetect's fingerprints, without those of the
released text and of what many in the cohort have, since short right answers look alike. And how many lines are shared
letter by letter that nobody else has, names and comments included.
"""

import io
import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from copydetect import CodeFingerprint, compare_files
from copydetect.utils import get_token_coverage

from grader.model import Lab, Submission
from grader.submission import rebuild

_CHARACTERS = 20
"""Length of a fingerprint, with each name and text as one letter: about one short line."""
_EVERY = 1
"""Every fingerprint is kept: choosing some saves time for long programs, and depends on chance."""
_COMMON_SHARE = 1 / 3
"""What so large a share of the cohort has, nobody copied from anybody in particular."""
_FEWEST_FOR_COMMON = 6
_RARE = 2
"""In how many submissions a line may be and still be rare."""
_LINE_CHARACTERS = 12
"""Shorter lines are anybody's."""


@dataclass(frozen=True, kw_only=True)
class Work:
    """What one learner wrote: the text of their exercises and their own cells."""

    submission: str
    learner: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Side:
    """One of a pair: its work, and which stretches of its text the other has too."""

    work: Work
    share: float
    """Of its own structure, how much the other has: 0 to 1."""
    stretches: tuple[tuple[int, int], ...]
    """Begin and end in characters."""


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two submissions that are alike."""

    left: Side
    right: Side
    rare_lines: tuple[str, ...]
    """Lines that both have letter by letter and nobody else."""

    @property
    def share(self) -> float:
        """The larger of the two shares: a copy with more around it is still a copy."""
        return max(self.left.share, self.right.share)


def own_work(lab: Lab, submission: Submission) -> Work:
    """What a learner wrote into a notebook. Raises RejectedError."""
    cells = [cell for cell in rebuild(lab, submission).cells if cell.exercise or cell.id.startswith("extra-")]
    text = "\n\n".join(f"# {cell.id}\n{cell.source.strip()}" for cell in cells) + "\n"
    return Work(submission=submission.id, learner=submission.learner, text=text)


def released_work(lab: Lab) -> Work:
    """What every learner of a lab was given."""
    return own_work(lab, Submission(id="", learner="", lab_id=lab.id, notebook=lab.notebook))


def find_pairs(works: Sequence[Work], released: Work, *, threshold: float) -> list[Pair]:
    """Pairs of different learners whose structure is alike by more than `threshold`, or who share a rare line.

    The likest first.
    """
    prints = [_fingerprint(work) for work in works]
    common = _common_fingerprints(prints, released)
    prints = [_without(one, common) for one in prints]
    lines = [_lines(work) - _lines(released) for work in works]
    counts = Counter(line for mine in lines for line in mine)
    pairs = []
    for one, other in itertools.combinations(range(len(works)), 2):
        if works[one].learner == works[other].learner:
            continue
        rare = sorted(line for line in lines[one] & lines[other] if counts[line] <= _RARE)
        if not rare and not _may_be_alike(prints[one], prints[other], threshold):
            continue
        left, right = _compare(works[one], prints[one], works[other], prints[other])
        pair = Pair(left=left, right=right, rare_lines=tuple(rare))
        if rare or pair.share > threshold:
            pairs.append(pair)
    return sorted(pairs, key=lambda pair: (-len(pair.rare_lines), -pair.share, pair.left.work.submission))


def _fingerprint(work: Work) -> CodeFingerprint:
    # The name is never opened; by its suffix the language is known.
    return CodeFingerprint("work.py", _CHARACTERS, _EVERY, fp=io.StringIO(work.text))


def _without(fingerprint: CodeFingerprint, common: set[int]) -> CodeFingerprint:
    """The same without fingerprints that say nothing; its own way to leave some out counts on there being no twins."""
    fingerprint.hashes -= common
    fingerprint.hash_idx = {one: places for one, places in fingerprint.hash_idx.items() if one not in common}
    fingerprint.token_coverage = get_token_coverage(fingerprint.hash_idx, fingerprint.k, len(fingerprint.filtered_code))
    return fingerprint


def _common_fingerprints(prints: Sequence[CodeFingerprint], released: Work) -> set[int]:
    """Those of the released text, and those that a good part of the cohort has."""
    common = set(_fingerprint(released).hashes)
    if len(prints) < _FEWEST_FOR_COMMON:
        return common
    counts = Counter(one for each in prints for one in each.hashes)
    return common | {one for one, count in counts.items() if count > _COMMON_SHARE * len(prints)}


def _lines(work: Work) -> set[str]:
    stripped = (line.strip() for line in work.text.splitlines())
    return {line for line in stripped if len(line) >= _LINE_CHARACTERS}


def _may_be_alike(one: CodeFingerprint, other: CodeFingerprint, threshold: float) -> bool:
    """A cheap bound: comparing all pairs of 300 in full takes minutes."""
    fewer = min(len(one.hashes), len(other.hashes))
    return fewer > 0 and len(one.hashes & other.hashes) > threshold / 2 * fewer


def _compare(one: Work, one_print: CodeFingerprint, other: Work, other_print: CodeFingerprint) -> tuple[Side, Side]:
    _, shares, stretches = compare_files(one_print, other_print)
    return _side(one, shares[0], stretches[0]), _side(other, shares[1], stretches[1])


def _side(work: Work, share: float, stretches: Sequence[Sequence[int]]) -> Side:
    begins_and_ends = ((int(begin), int(end)) for begin, end in zip(*stretches, strict=True))
    return Side(work=work, share=min(float(share), 1), stretches=tuple(begins_and_ends))
