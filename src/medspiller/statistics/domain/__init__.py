"""Counts that may be shown, tables, and what an indicator and a reference figure are. Plain Python."""
