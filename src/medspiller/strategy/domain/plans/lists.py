"""Goals, approaches and measures that stand as paragraphs or in lists, some with their owners on the lines below."""

import re
from dataclasses import dataclass, field

from medspiller.strategy.domain.plans import cleaning, years
from medspiller.strategy.domain.plans.drafts import DraftArea, DraftMeasure, DraftText
from medspiller.strategy.domain.plans.headings import Part
from medspiller.strategy.domain.plans.marking import Piece
from medspiller.strategy.domain.plans.wrapping import Wrapping

_BODY = re.compile(
    r"(?:[A-ZÆØÅ][\w,. /-]*)?(?:departement|direktorat|tilsyn|etat|foretak|forvaltning)(?:et|en|a)?|"
    r"(?:N(?:AV|av)|KS|FHI|Bufdir|Udir|IMDi|Kommunene|Fylkeskommunene|Statsforvalteren|Fylkesmannen)"
)
_ENDS_OPEN = re.compile(r"(?:[-,(]|\b(?:og|eller|i|til|av|for|på|med|som|å|fra|mellom|ved|om|en|et|ei|den|det))\s*$")
_OWNER_LABEL = r"(?:hoved|hovud|tiltaks)?(?:ansvar(?:lig|leg)?e?(?:\s+[\w-]+){0,2}|eier|eigar|utføres av)"
_TIME_LABEL = r"(?:tid(?:s?frist|srom|splan|sramme|spunkt)?|frist|periode|når|gjennomføres|ferdig(?:stilles)?)"
_NOTE_LABEL = (
    r"(?:kostnad(?:er)?|økonomi|budsjett|finansiering|ressurs(?:er)?|status|samarbeid(?:spartner(?:e|ar)?)?|merknad(?:er)?|"
    r"kommentar(?:er)?|indikator(?:er)?|resultatmål|effekt|leveranse(?:r)?|måling)"
)
_ATTRIBUTE = re.compile(
    rf"(?:(?P<owner>{_OWNER_LABEL})|(?P<time>{_TIME_LABEL})|(?P<note>{_NOTE_LABEL}))\s*:\s*(?P<said>.*)", re.IGNORECASE
)
# Both begin where a run of such signs begins: tried from each sign of it, a long run takes its length squared.
_INLINE = re.compile(
    rf"(?<![\s(\[;,.–—-])[\s(\[;,.–—-]+(?=(?:{_OWNER_LABEL}|{_TIME_LABEL})\s*:)(?P<tail>.*?)[)\].]?$",
    re.IGNORECASE | re.DOTALL,
)
_NEXT_LABEL = re.compile(
    rf"(?<![\s;,.|–—-])[\s;,.|–—-]+(?=(?:{_OWNER_LABEL}|{_TIME_LABEL}|{_NOTE_LABEL})\s*:)", re.IGNORECASE
)
_PARENTHESIS = re.compile(r"\s*\((?P<owner>[^()]*?)[,;]\s*(?P<time>[^(),;]*)\)\.?$")
_LONG = 420


@dataclass(slots=True)
class Item:
    """A paragraph or a list item that is being put together."""

    pieces: list[Piece]
    text: str
    is_listed: bool
    below: list["Item"] = field(default_factory=list)
    owners: list[str] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    extra_lines: list[int] = field(default_factory=list)

    @property
    def lines(self) -> list[int]:
        """The lines it came from, those of its owners and of the list below it included."""
        below = [number for item in self.below for number in item.lines]
        return sorted([piece.line.number for piece in self.pieces] + self.extra_lines + below)


class Listing:
    """What stands below one heading, as items; `part` says what they are."""

    def __init__(self, part: Part, area: DraftArea, wrapping: Wrapping, owner_names: set[str]):
        self.part, self.area = part, area
        self.items: list[Item] = []
        # Prose has come between the heading and the items.
        self.after_prose = False
        self._wrapping, self._owner_names = wrapping, owner_names

    @property
    def last(self) -> Item | None:
        """The item that was read last."""
        return self.items[-1] if self.items else None

    def take(self, piece: Piece, *, after_gap: bool) -> bool:
        """Add a line; say whether the list goes on with it."""
        last = self.last
        is_item = piece.is_item or piece.is_numbered
        if is_item:
            self._begin(piece)
            return True
        if last and self._is_attribute(last, piece):
            return True
        if last and self._is_owner(last, piece, after_gap=after_gap):
            return True
        newest = last.below[-1] if last and last.below else last
        if newest and not newest.owners and self._goes_on(newest, piece, after_gap=after_gap):
            newest.text = self._wrapping.join(newest.text, piece.line.text)
            newest.pieces.append(piece)
            return True
        if (last and last.is_listed) or len(piece.text) > _LONG or self.part is Part.AREA:
            return False
        self.items.append(Item([piece], piece.line.text, is_listed=False))
        return True

    def add(self, piece: Piece, text: str, *, is_listed: bool) -> None:
        """Add what a label has announced on its line."""
        self.items.append(Item([piece], text, is_listed=is_listed))

    def close(self, *, is_action_plan: bool) -> Piece | None:
        """Give what was found to the focus area; return where a list is that nobody says the kind of."""
        if self.part is Part.GOALS:
            self.area.goals += _texts(self.items)
        elif self.part is Part.APPROACHES:
            self.area.approaches += _texts(self.items)
        elif self.part is Part.MEASURES:
            self.area.measures += _measures(_single(self.items))
        else:
            named = [item for item in self.items if item.owners]
            if len(named) * 2 >= len(self.items) or (is_action_plan and not self.after_prose):
                self.area.measures += _measures(self.items)
            elif len(self.items) > 1 and not self.after_prose:
                return self.items[0].pieces[0]
        return None

    def _begin(self, piece: Piece) -> None:
        text = piece.raw if piece.is_item else (cleaning.without_number(piece.line.text) or piece.line.text)
        item = Item([piece], text, is_listed=True)
        last = self.last
        is_lead = last and not last.is_listed and not last.owners and not last.text.rstrip().endswith((".", "!", "?"))
        if last and is_lead and self.part in {Part.GOALS, Part.APPROACHES, Part.MEASURES}:
            last.below.append(item)
        else:
            self.items.append(item)

    def _goes_on(self, item: Item, piece: Piece, *, after_gap: bool) -> bool:
        if self._wrapping.continues(item.pieces[-1].line.text, piece.line.text, after_gap=after_gap):
            return True
        # What stands right below the first line of a list item goes on with it.
        is_ended = item.text.rstrip().endswith((".", "!", "?", ":"))
        may_go_on = item.is_listed and not piece.line.is_whole and not is_ended
        # So does, wherever the page has broken it, what begins with a small letter.
        return may_go_on and (not after_gap or piece.text[:1].islower())

    def _is_attribute(self, item: Item, piece: Piece) -> bool:
        found = _ATTRIBUTE.fullmatch(piece.text) if ":" in piece.text else None
        if not found or self.part not in {Part.MEASURES, Part.AREA}:
            return False
        for part in _NEXT_LABEL.split(piece.text):
            _apply(item, part)
        item.extra_lines.append(piece.line.number)
        return True

    def _is_owner(self, item: Item, piece: Piece, *, after_gap: bool) -> bool:
        text = piece.text
        if (
            not item.is_listed
            or self.part not in {Part.MEASURES, Part.AREA}
            or len(text) > 90
            or text.endswith((".", ":"))
        ):
            return False
        if item.owners and text[:1].islower() and not item.owners[-1].rstrip().endswith("departementet"):
            # A name that goes on in the next line.
            item.owners[-1] = self._wrapping.join(item.owners[-1], text)
        elif not text[:1].isupper():
            return False
        elif (
            text in self._owner_names
            or is_body(text)
            or (piece.is_indented and (item.owners or after_gap or not _ENDS_OPEN.search(item.text)))
        ):
            item.owners.append(text)
        else:
            return False
        self._owner_names.add(text)
        item.extra_lines.append(piece.line.number)
        return True


def is_body(text: str) -> bool:
    """Whether a line names a public body by its ending, such as a ministry."""
    return _BODY.fullmatch(text) is not None


def _apply(item: Item, written: str) -> bool:
    found = _ATTRIBUTE.fullmatch(written.strip().rstrip(")."))
    if not found:
        return False
    said = found["said"].strip()
    if said and found["owner"]:
        item.owners.append(said)
    elif said and found["time"]:
        item.times.append(said)
    elif said:
        item.notes.append(cleaning.clean(written.strip()))
    return True


def _single(items: list[Item]) -> list[Item]:
    """Return items with those below a leading sentence as items of their own."""
    found = []
    for item in items:
        found += item.below if item.below else [item]
    return found


def _texts(items: list[Item]) -> list[DraftText]:
    """
    Return items as texts of their own.

    `Vi samarbeider med` and a list is one sentence. After a colon each item of the list is one: of its own, or, if
    it begins with a small letter, of the beginning that it shares with the others.
    """
    found = []
    for item in items:
        lead = cleaning.clean(item.text)
        if not item.below:
            found.append(DraftText(_text(item), item.lines))
        elif lead.endswith(":"):
            for below in item.below:
                text = _text(below)
                whole = f"{lead.rstrip(':')} {text}" if text[:1].islower() else text
                found.append(DraftText(whole, below.lines))
        else:
            found.append(DraftText(f"{lead} {'; '.join(map(_text, item.below))}", item.lines))
    return [text for text in found if text.text]


def _text(item: Item) -> str:
    return cleaning.clean(item.text)


def _measures(items: list[Item]) -> list[DraftMeasure]:
    measures = [_measure(item) for item in items]
    stand_bare = not any(measure.says_who_or_when for measure in measures)
    for measure in measures:
        measure.stands_bare = stand_bare
    return measures


def _measure(item: Item) -> DraftMeasure:
    text = item.text
    inline = _INLINE.search(text)
    if inline and inline.start() > 0:
        for part in _NEXT_LABEL.split(inline["tail"]):
            _apply(item, part)
        text = text[: inline.start()]
    ending = _PARENTHESIS.search(text) if not item.owners else None
    if ending and years.is_time(ending["time"]):
        item.owners.append(ending["owner"])
        item.times.append(ending["time"])
        text = text[: ending.start()]
    measure = DraftMeasure(text, item.pieces[0].line, owners=item.owners, time=" ".join(item.times))
    measure.notes, measure.lines = item.notes, item.lines
    measure.marks = [mark for part in (item.text, *item.owners) for mark in cleaning.marks(part)]
    return measure
