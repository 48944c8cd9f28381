"""The instructor's door: courses of nbgrader. Its modules import nbgrader, which is an extra, so import them late."""
