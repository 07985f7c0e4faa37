"""Kinds of reference data about Norway, for the app `organisations`, which lies below and knows no content."""
