"""
The work list: what needs whose attention, put there and taken away by itself, taken by a person.

Words: an *item* is one thing that a unit must look at, of a *kind* that says why, from
which law and where to go. It is *put* and *withdrawn* by jobs, when something has happened;
it is *taken*, given back and *finished* by staff. A row holds codes, ids and days, never a
text about anybody: what is said of it is the kind's, and the name is the register's.

For other apps: `services.put` and `services.withdraw` as the system, `selectors` to look,
`domain.kinds` for what there can be.
"""
