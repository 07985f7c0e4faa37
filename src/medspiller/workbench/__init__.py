"""
Workbench: the doors for staff. Composes what lower apps know; stores nothing.

A unit's home is where everybody begins; from there it goes to other units, and to what needs somebody.
"""
