"""The catalogue of facts as a page of the documents, for whoever writes facts as JSON."""

from collections.abc import Iterator

from medspiller.rights.domain.known_facts import CHILDREN, HEADS, Catalogue, FactKind, KnownFact

_KINDS = {
    FactKind.YES_NO: "true, false",
    FactKind.WHOLE: "whole number",
    FactKind.MONEY: "kroner",
    FactKind.HOURS: "hours, decimals allowed",
    FactKind.PERCENT: "percent, decimals allowed",
    FactKind.YEAR: "year, not after that of the reference date",
    FactKind.MONTH: '"2026-11"',
}
_BEGINNING = (
    "# The facts of rights\n\n"
    "What `medspiller rights find` can be told, and what is asked on the pages. Made from `content/*/facts/` by "
    "`medspiller rights facts`; a test holds it to that. How facts are used: [rights](rights.md).\n\n"
    "A key that is absent or `null` is *not known*, and never counts as no or zero. A key that is not here is refused "
    "by name.\n"
)


def facts_page(catalogue: Catalogue) -> str:
    """Return the page, in Markdown: a table for each head, in the order of the content."""
    return "\n".join([_BEGINNING, *(line for head in HEADS for line in _table(head, catalogue))])


def _table(head: str, catalogue: Catalogue) -> Iterator[str]:
    yield f"## {head}\n"
    if head == CHILDREN and CHILDREN in catalogue:
        yield f"A list, one object for each child; `[]` is *no children*. {catalogue[CHILDREN].ask['en']}\n"
    yield "| key | answer | asked | why |"
    yield "|---|---|---|---|"
    for fact in catalogue.values():
        if fact.head == head and fact.name != CHILDREN:
            cells = (f"`{fact.name.removeprefix(f'{head}.')}`", _answers(fact), fact.ask["en"], fact.why["en"])
            yield f"| {' | '.join(_cell(cell) for cell in cells)} |"
    yield ""


def _answers(fact: KnownFact) -> str:
    if fact.kind is FactKind.CHOICE:
        return ", ".join(f"`{key}`" for key in fact.choices)
    least = "" if fact.least is None else f", from {fact.least}"
    most = "" if fact.most is None else f", up to {fact.most}"
    return _KINDS[fact.kind] + least + most


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
