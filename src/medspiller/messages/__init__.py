"""
Messages: short notices out to people, by text message or e-mail.

Words: a *notice* says that there is something to read on the person's own page, and never
what; a *gateway* is what it is handed over to. A hand-over whose outcome nobody knows is
*uncertain*: it is not sent again by itself.
For other apps: `services.send_notice` to send, `selectors` to look, `domain.events` to react.
"""
