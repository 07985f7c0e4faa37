"""Answers as they are read afterwards, and how they change."""
