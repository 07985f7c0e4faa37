"""The checks behind `tests/architecture`, as functions over sources: a planted violation can be fed to each."""
