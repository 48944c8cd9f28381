"""Runs the whole suite of attacks against this installation, and looks at what it left behind on the machine."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

import psutil

from grader.attacks.attack import Attack, fits
from grader.attacks.trial import Ground, Trial, Verdict, find_secrets, try_attack
from grader.errors import SandboxError
from grader.launch import Launcher
from grader.model import Lab, Report, Status, Submission
from grader.notebook import fill
from grader.sandbox import find_left

MEMORY_MB = 300
"""What the grader's own process may use while others do their worst."""


POOLED = 16
"""How many connections the engine's client may keep open for its next requests."""


@dataclass(frozen=True, kw_only=True)
class Siege:
    """What the suite came to."""

    trials: tuple[Trial, ...]
    left: tuple[str, ...]
    """Containers, processes, files and open descriptors that were not there before."""
    memory_mb: float
    """The most that the grader's process held since it began."""

    @property
    def held(self) -> bool:
        """Whether nothing succeeded, hung or came out other than it must, and nothing was left."""
        well = self.memory_mb < MEMORY_MB and not self.left
        return well and all(trial.verdict is Verdict.HELD for trial in self.trials)

    def count(self, verdict: Verdict) -> int:
        """How many attacks have this verdict."""
        return sum(trial.verdict is verdict for trial in self.trials)


@dataclass(frozen=True, kw_only=True)
class Traces:
    """What is on the machine at one moment that a grading could leave behind."""

    descriptors: int
    children: frozenset[int]


def prepare(lab: Lab, labs: Path, launcher: Launcher) -> Ground:
    """The ground for attacks on a lab; what an empty answer earns is found out first. Raises SandboxError."""
    image = launcher.images({lab.environment})[lab.environment]

    def grade_here(lab: Lab, submission: Submission) -> Report:
        sandboxes = launcher.sandboxes(image)
        sandboxes.pool.expect(lab)
        return sandboxes.grade(lab, submission)

    nothing = fill(lab.notebook, dict.fromkeys(lab.reference, ""))
    blank = grade_here(lab, Submission(id="nothing", learner="nothing", lab_id=lab.id, notebook=nothing))
    if blank.status is Status.UNGRADED:
        raise SandboxError(f"nothing can be graded here, so nothing can be attacked: {blank.reason}")
    return Ground(lab=lab, labs=labs, image=image, grade=grade_here, secrets=find_secrets(lab), worth=blank.score or 0)


def besiege(
    attacks: Sequence[Attack], ground: Ground, launcher: Launcher, *, workers: int, tell: Callable[[Trial], None]
) -> Siege:
    """Try every attack that fits the lab, several at once; each trial is told as it ends.

    What came out other than it must, or too late, is tried once more by itself, and the second time counts: deadlines
    are part of most attacks, and a busy machine misses them. What succeeded has succeeded.
    """
    launcher.rest()
    before = _take_traces()
    trials: list[Trial] = []
    executor = ThreadPoolExecutor(max_workers=workers, thread_name_prefix="siege")
    try:
        waiting = [executor.submit(try_attack, attack, ground) for attack in attacks if fits(attack, ground.lab)]
        for done in as_completed(waiting):
            trials.append(done.result())
            tell(trials[-1])
    finally:
        # Whoever stops the suite does not want to wait for what is under way; its containers go with the launcher.
        executor.shutdown(wait=False, cancel_futures=True)
    for number, trial in enumerate(trials):
        if trial.verdict in {Verdict.DIFFERS, Verdict.HUNG}:
            trials[number] = try_attack(trial.attack, ground)
    trials.sort(key=lambda trial: trial.attack.name)
    memory = _peak_memory_mb()
    launcher.rest()
    return Siege(trials=tuple(trials), left=tuple(_find_left(before, launcher)), memory_mb=round(memory))


def _peak_memory_mb() -> float:
    # Not ru_maxrss: that one begins with what the process that started this one held.
    said = Path("/proc/self/status").read_text(encoding="ascii")
    return int(said.partition("VmHWM:")[2].split()[0]) / 1024


def _take_traces() -> Traces:
    grader = psutil.Process()
    return Traces(
        descriptors=grader.num_fds(), children=frozenset(child.pid for child in grader.children(recursive=True))
    )


def _find_left(before: Traces, launcher: Launcher) -> Iterator[str]:
    yield from (f"container {name}" for name in launcher.left())
    yield from find_left()
    after = _take_traces()
    yield from (f"process {pid}" for pid in after.children - before.children)
    if after.descriptors > before.descriptors + POOLED:
        yield f"{after.descriptors - before.descriptors} open descriptors"
