"""The one tree of errors, each class with its exit code; a message says what happened, where, and the mend."""


class GraderError(Exception):
    """Whatever stops Pivotlab from doing what it was asked; a learner's failure is never one of these."""

    exit_code = 4


class UsageError(GraderError):
    """The caller asked for something that cannot be: a wrong path, an unknown lab, no notebook there."""

    exit_code = 2


class RejectedError(UsageError):
    """A file is not a notebook of this lab, so there is nothing to grade; the learner or instructor mends it."""


class ForgedError(GraderError):
    """A receipt does not hold: it was altered, or is of another key or another notebook."""

    exit_code = 1


class LabError(GraderError):
    """A lab is unsound; its author mends it."""

    exit_code = 3


class GradebookError(GraderError):
    """The gradebook cannot be read or written just now; what was graded is kept, and another run goes on."""

    exit_code = 4


class SandboxError(GraderError):
    """A sandbox could not be made or kept: our failure, never the learner's."""

    exit_code = 4


class WarmStartError(SandboxError):
    """A fork could not be put into a sandbox; one that is started cold may do."""


class EndedOutsideError(SandboxError):
    """A sandbox was ended by something that is not in it."""
