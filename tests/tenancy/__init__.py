"""Tenants are kept apart by the database itself: every table, role, job, search and connection."""
