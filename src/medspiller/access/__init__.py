"""
Access: users, who they are for the municipality, and what they may do.

Words: an *account* signs in; a *holding* is a person's time in a post; a *grant* gives a
role for a unit and all units below it, always with an end date; an *action* is something
that a route or a service needs permission for.
For other apps: `declare` on every view, `domain.actors` and `domain.actions`, `selectors`.
"""
