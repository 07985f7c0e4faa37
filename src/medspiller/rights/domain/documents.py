"""How far a document that the worker makes has come, and how long it is kept."""

from datetime import timedelta

# It is somebody's answers: kept as long as it takes to fetch it.
KEPT = timedelta(minutes=15)
# Characters of the page; all rights with every text fill a third of it.
LARGEST_PAGE = 600_000
