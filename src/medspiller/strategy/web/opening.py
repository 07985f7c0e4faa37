"""The page that opens what a measure points to."""

from django.urls import NoReverseMatch, reverse

from medspiller.strategy.domain.seen import SeenLink
from medspiller.strategy.domain.vocabulary import LinkKind

_ROUTES = {
    LinkKind.OFFER: "catalogue:offer",
    LinkKind.PATHWAY: "pathways:pathway",
    LinkKind.QUESTIONNAIRE: "questionnaires:tool",
    LinkKind.GUIDELINE: "strategy:guideline_line",
    LinkKind.INDICATOR: "strategy:indicator",
}


def opens(link: SeenLink) -> str:
    """Return the address that opens what a link points to; empty for what only has a name."""
    if link.kind is LinkKind.NATIONAL:
        return reverse("strategy:measure", args=[link.target_measure_id])
    if link.kind is LinkKind.COURSE:
        return link.ref if link.ref.startswith("https://") else ""
    try:
        return reverse(_ROUTES[link.kind], args=[link.ref])
    except NoReverseMatch:
        return ""
