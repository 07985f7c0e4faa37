"""Tests that belong to no single app, and what tests share."""
