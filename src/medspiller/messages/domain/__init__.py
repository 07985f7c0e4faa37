"""Values and rules of notices, in plain Python."""
