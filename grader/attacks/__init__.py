"""Hostile submissions, run against this installation, and what must come of each; no rule of grading is in here."""
