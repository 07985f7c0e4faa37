"""
Follow-up: the carer's own file, the plans that run in it, and who holds them.

Words: a *file* is about the carer and never about whom they care for; a *plan* is a run of a pathway in a file; its
*holder* is the one person who sees to it, and an open plan has exactly one at every instant; a *handover* is offered
and accepted, or bounces. For other apps: `selectors` to look, `services` to write, `domain.events` to react.
"""
