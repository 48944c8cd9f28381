"""Pivotlab's grader: runs a learner's notebook in one sandbox and judges it from another."""

__version__ = "0.1.0"
