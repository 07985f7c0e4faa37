"""
The access log: who looked at, searched for, wrote or was refused what about whom, and on what basis.

Words: an *entry* is one line of the log, never changed; an entry is *withheld* from a
representative or from the person it is about until a *release* names them; a *basis* is
why the actor needed the information (tjenstlig behov). Required by pasientjournalloven
§ 22 a. Entries are kept as long as the data they tell of, so they point at persons and
users by id only and carry the names as they were.

For other apps: `services` to record, `selectors` to look, `domain` for the words and codes,
`texts` for sentences. It knows actors by `core.actors.Actor` and nothing of their roles.
"""
