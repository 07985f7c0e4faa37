"""
Organisations: who is a data controller here, and how it is built up.

Words: a *tenant* is a data controller (a municipality, a health trust, the directorate);
a *unit* is a part of it, in a tree; a *post* is a position in a unit, held by people
through `access`; an *organisation* is somebody outside that the tenant works with.
For other apps: `services` to found, open, change, move and close, `selectors` to look,
`domain.events` to react.
"""
