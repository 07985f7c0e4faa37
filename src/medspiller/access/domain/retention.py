"""
How long what signing in leaves behind is kept, when it decides nothing any more.

The access log is no part of this: that somebody signed in, and was invited, stands there as
long as the log is kept. What is thrown away here is what could only tell how people live:
when they are at their desk, and with which browsers.
"""

from datetime import datetime, timedelta

# After a session ended, or could not be used any more: long enough to look into a doubtful sign-in.
SESSIONS_KEPT = timedelta(days=90)
# After a browser was last signed in from: as long as its own cookie lasts. Then it is new again.
DEVICES_KEPT = timedelta(days=365)
# After an invitation was used, was withdrawn or ran out: until then its link says why it opens nothing.
INVITATIONS_KEPT = timedelta(days=30)
# After a sign-in was begun at a provider and came to nothing.
ATTEMPTS_KEPT = timedelta(days=1)


def kept_since(now: datetime, kept: timedelta) -> datetime:
    """Return the moment before which it is thrown away; what happened at that very moment is kept."""
    return now - kept
