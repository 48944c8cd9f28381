"""Pivotlab's grader: runs a learner's notebook in one sandbox and judges it from another."""
