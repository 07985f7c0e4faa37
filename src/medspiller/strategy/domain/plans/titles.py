"""What a plan is called, and which years it is for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from medspiller.strategy.domain.plans import cleaning, headings, years
from medspiller.strategy.domain.plans.marking import Kind, Marked, Piece, is_about_plan

_FIRST = 40
_TITLE_ROW = frozenset({"tittel", "plan", "plannavn", "planens navn", "navn på plan", "strategi"})
_PERIOD_ROW = frozenset(
    {"periode", "planperiode", "planens periode", "gjelder for", "gjeld for", "gjelder", "strategiperiode"}
)
_LABELLED = re.compile(r"(?P<label>[\wæøå ]{3,24})\s*[:\t]\s*(?P<said>.+)", re.IGNORECASE)
_SAID = re.compile(r"(?:periode|gjeld|planen|strategien|handlingsplan|årene|åra)", re.IGNORECASE)


@dataclass(slots=True)
class Titled:
    """Title and period, and the lines that hold nothing else."""

    title: str = ""
    period: tuple[int, int] | None = None
    line_numbers: tuple[int, ...] = ()


def title_and_period(marked: Marked, *, file_name: str = "") -> Titled:
    """
    Find the title and the period of a plan.

    Never in a footnote, which may name other plans. Where no line is a title, what stands on page after page is.
    """
    found = Titled()
    texts = [piece for piece in marked.pieces if piece.kind is Kind.TEXT]
    _from_rows(found, texts[:_FIRST])
    if not found.title:
        _from_first_lines(found, texts[:_FIRST])
    if not found.title:
        found.title = marked.header or _first_heading(texts[:_FIRST]) or _from_file(file_name)
    found.period = found.period or years.period_in(found.title) or years.period_in(marked.header)
    if not found.period:
        found.period = _near_title(found, texts) or _said_in(texts)
    _put_title_aside(marked, found)
    return found


def _from_rows(found: Titled, texts: Sequence[Piece]) -> None:
    for piece in texts:
        if piece.is_item or headings.area_heading(piece.text):
            continue
        label, said = _label_and_said(piece)
        if label in _TITLE_ROW and not found.title and said and piece.line.cells is not None:
            found.title = cleaning.clean(said)
            found.line_numbers += (piece.line.number,)
        elif label in _PERIOD_ROW and not found.period and years.period_in(said):
            found.period = years.period_in(said)
            found.line_numbers += (piece.line.number,)


def _label_and_said(piece: Piece) -> tuple[str, str]:
    if piece.line.cells is not None:
        filled = [cell for cell in piece.line.cells if cell.strip()]
        return (cleaning.fold(filled[0]), filled[1]) if len(filled) == 2 else ("", "")
    matched = _LABELLED.fullmatch(piece.text)
    return (cleaning.fold(matched["label"]), matched["said"]) if matched else ("", "")


def _from_first_lines(found: Titled, texts: Sequence[Piece]) -> None:
    candidates = [piece for piece in texts if _could_be_title(piece)]
    named = [piece for piece in candidates if piece.line.is_title]
    named += [piece for piece in candidates if piece.heading == 1 and is_about_plan(piece.text)]
    # `Handlingsplan` alone is a heading, but on the first line it may begin the title.
    begins = candidates[:1] if texts and candidates[:1] == list(texts[:1]) and _next_goes_on(texts, texts[0]) else []
    named += [
        piece
        for piece in candidates
        if is_about_plan(piece.text) and (piece in begins or not headings.known_heading(piece.text))
    ]
    if not named:
        return
    chosen = last = named[0]
    found.title, found.line_numbers = chosen.text, (*found.line_numbers, chosen.line.number)
    while not chosen.heading and not chosen.line.is_title and _next_goes_on(texts, last) and len(found.title) < 160:
        last = texts[texts.index(last) + 1]
        found.title = f"{found.title} {last.text}"
        found.line_numbers += (last.line.number,)


def _next_goes_on(texts: Sequence[Piece], piece: Piece) -> bool:
    following = texts[texts.index(piece) + 1 : texts.index(piece) + 2]
    return bool(following) and _goes_on(piece, following[0])


def _could_be_title(piece: Piece) -> bool:
    if piece.line.is_sheet or piece.is_item or headings.area_heading(piece.text):
        return False
    return (piece.line.is_title and bool(piece.text)) or (
        headings.looks_like_heading(piece.text) and "\t" not in piece.line.text.strip() and not piece.is_numbered
    )


def _goes_on(title: Piece, following: Piece) -> bool:
    if following.line.number - title.line.number > 2 or following.is_item:
        return False
    text = following.text
    only_years = years.period_in(text) is not None and len(text) < 14
    return only_years or (text[:1].islower() and len(text) < 80 and not text.endswith("."))


def _first_heading(texts: Sequence[Piece]) -> str:
    """The first line, if it looks like a title and no part of a plan begins with it."""
    for piece in texts[:3]:
        if _could_be_title(piece) and not headings.known_heading(piece.text) and years.period_in(piece.text):
            return piece.text
        if piece.heading == 1 and not piece.line.is_sheet and not headings.known_heading(piece.text):
            return piece.text
    return ""


def _from_file(name: str) -> str:
    stem = re.sub(r"[_\s]+", " ", name.rsplit("/", 1)[-1].rpartition(".")[0]).strip()
    return stem if is_about_plan(stem) else ""


def _near_title(found: Titled, texts: Sequence[Piece]) -> tuple[int, int] | None:
    for piece in texts[:8]:
        if headings.area_heading(piece.text):
            return None
        if len(piece.text) < 60 and piece.line.cells is None and not piece.is_item:
            period = years.period_in(piece.text)
            if period:
                return period
    return None


def _said_in(texts: Sequence[Piece]) -> tuple[int, int] | None:
    """The years that the text says the plan is for."""
    for piece in texts:
        if piece.line.cells is None and not piece.is_item and "\t" not in piece.line.text and _SAID.search(piece.text):
            period = years.period_in(piece.text)
            if period and 2 <= period[1] - period[0] <= 15:
                return period
    return None


def _put_title_aside(marked: Marked, found: Titled) -> None:
    """The title comes again on pages, however its years are written."""
    key = cleaning.squeeze(found.title)
    if not key:
        return
    for piece in marked.pieces:
        is_plain = piece.kind is Kind.TEXT and piece.line.cells is None and not piece.is_item and not piece.heading
        if is_plain and cleaning.squeeze(piece.text) == key and piece.line.number not in found.line_numbers:
            piece.kind = Kind.AWAY
