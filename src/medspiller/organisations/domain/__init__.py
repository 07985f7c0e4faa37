"""Rules of tenants, units, organisations, posts and municipalities, as plain Python."""
