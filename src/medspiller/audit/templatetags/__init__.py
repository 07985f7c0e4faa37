"""Tag libraries of the access log."""
