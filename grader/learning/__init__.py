"""The learner's door: a work folder, a clean run, a look for leaks, handing in, progress."""
