"""Instruments, tools and the kinds of content."""
