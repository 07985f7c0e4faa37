"""How far a document or a drawing that the worker makes has come, and how long it is kept."""

from datetime import timedelta

# A document is somebody's answers once more: it is kept as long as it takes to fetch it.
DOCUMENT_KEPT = timedelta(hours=1)
# A drawing is of answers that stay; one that nobody has looked at for so long is made again when they do.
CHART_KEPT = timedelta(days=30)
# A job that has not come to anything by now is lost: it is begun again when somebody looks.
LOST_AFTER = timedelta(minutes=10)
# Characters of the page, which 5,000 answers fill three quarters of. Beyond it a document takes more than two minutes.
LARGEST_PAGE = 1_200_000
