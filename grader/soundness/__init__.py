"""Proves that a lab's hidden tests are good before a learner meets them; grading knows nothing of it."""
