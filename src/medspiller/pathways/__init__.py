"""
Pathways: declared steps that run. Knows steps and time, and neither carers nor patients.

Words: a *pathway* is content: phases, their *steps*, and when each is due. A *run* is one pathway being gone through,
for a subject that only the app above knows. A *happening* is one line of a run's history, added and never changed. An
*open step* is what can be done now; it is computed from the happenings, never ticked in a table.

For other apps: `services` to let something happen, `selectors` to look, `domain.events` to react. Who may see which run
is decided by the app above, whose subject it is about.
"""
