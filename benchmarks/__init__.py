"""What a grading costs, a script for each figure: see docs/performance.md."""
