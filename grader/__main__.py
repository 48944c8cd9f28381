"""`python -m grader`: the command line, where its script is not on the path."""

from grader.cli import main

main()
