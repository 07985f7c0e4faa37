"""Set-up with Python's standard library alone."""
