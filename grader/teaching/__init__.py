"""The instructor's door: a cohort's submissions, compared."""
