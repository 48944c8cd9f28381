"""The instructor's door: courses of nbgrader, cohorts compared. What it imports is an extra, so import it late."""
