"""
People: who is registered, which unit has to do with whom, and who may therefore look.

Words: an *involvement* is one unit having to do with one person from a moment on, and why;
an *emergency access* (blålys) is one member of staff opening one person for a few hours
with a reason in writing, looked at afterwards by the leader; a *relation* is what two
persons are to each other; an *access question* is what a person asks about an entry of
the access log. Need to know (tjenstlig behov): helsepersonelloven § 21 and
pasientjournalloven §§ 16, 19 and 22 a.

For other apps: `services` to register persons and to open and close involvements,
`selectors` to look, `domain.events` to react.
"""
