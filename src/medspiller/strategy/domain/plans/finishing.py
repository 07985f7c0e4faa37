"""A measure as it is told: owners parted, years read, footnotes with it, and what is doubtful about it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from medspiller.strategy.domain.plans import cleaning, years
from medspiller.strategy.domain.plans.drafts import DraftArea, DraftMeasure
from medspiller.strategy.domain.plans.marking import Marked
from medspiller.strategy.domain.plans.more import DraftMore, ReadMore
from medspiller.strategy.domain.plans.owners import OwnerNames, alike, written_lines
from medspiller.strategy.domain.plans.serving import Goals
from medspiller.strategy.domain.plans.several import doubt_several
from medspiller.strategy.domain.plans.values import Doubt, ReadMeasure
from medspiller.strategy.domain.plans.wording import DoubtCode

_TIME_LAST = re.compile(r"(?P<owner>.+)[,;\r\n](?P<time>[^,;\r\n]+)", re.DOTALL)


class Finisher:
    """Finishes the measures of one document."""

    def __init__(self, marked: Marked, period: tuple[int, int] | None, areas: Sequence[DraftArea], goals: Goals):
        self._marked, self._period, self._goals = marked, period, goals
        measures = [measure for area in areas for measure in area.measures]
        for measure in measures:
            _part_time(measure)
        self._names = OwnerNames(
            owner for measure in measures if not measure.one_owner_a_line for owner in measure.owners
        )
        written = [name for measure in measures for name in self._owners(measure)[0]]
        # The rarer of two names that may be one → the other.
        self._alike = {rarer: usual for usual, rarer in alike(written)}

    def measures(
        self, area: DraftArea, extra: Mapping[int, list[Doubt]]
    ) -> tuple[tuple[ReadMeasure, ...], list[Doubt]]:
        """Return the measures of an area, and doubts about rows that are none."""
        some_say_who = any(measure.owners for measure in area.measures)
        some_say_when = any(
            measure.time or measure.from_time or measure.to_time or measure.years for measure in area.measures
        )
        found, lost = [], []
        for measure in area.measures:
            if not measure.text.strip():
                lost += measure.doubts
                continue
            measure.doubts += extra.get(id(measure), [])
            serves, unknown = self._goals.served(area, measure.more)
            measure.notes += [f"Mål nr: {', '.join(unknown)}"] if unknown else []
            read = self._measure(measure, some_say_who=some_say_who, some_say_when=some_say_when)
            found.append(replace(read, more=_more(measure.more, serves)))
        return tuple(found), lost

    def _measure(self, measure: DraftMeasure, *, some_say_who: bool, some_say_when: bool) -> ReadMeasure:
        text, plain_marks = cleaning.plain_mark(measure.text, self._marked.plain_marks)
        if measure.may_be_several:
            doubt_several(measure, text)
        owners, guessed = self._owners(measure)
        measure.doubts += guessed
        first, last = self._years(measure)
        if some_say_who and not owners:
            measure.doubt(DoubtCode.NO_OWNER)
        told = {doubt.code for doubt in measure.doubts}
        unsaid = first is None and last is None and not told & {DoubtCode.TIME_UNREAD, DoubtCode.TIME_IMPOSSIBLE}
        if some_say_when and unsaid and not (measure.time or measure.from_time or measure.to_time):
            measure.doubt(DoubtCode.NO_TIME)
        notes = measure.notes + self._footnotes(measure, [*measure.marks, *plain_marks])
        return ReadMeasure(
            text=cleaning.clean_lines(text) if measure.one_owner_a_line else cleaning.clean(text),
            owners=owners,
            from_year=first,
            to_year=last,
            notes=tuple(dict.fromkeys(notes)),
            lines=tuple(dict.fromkeys(measure.lines)),
            doubts=tuple(measure.doubts),
        )

    def _owners(self, measure: DraftMeasure) -> tuple[tuple[str, ...], list[Doubt]]:
        names: list[str] = []
        doubts = []
        for cell in measure.owners:
            if measure.one_owner_a_line:
                names += written_lines(cell)
                continue
            read = self._names.read(cell)
            names += read.names
            where = measure.line
            written = cleaning.clean(cell)
            if read.is_guess:
                facts = {"written": written, "owners": "; ".join(read.names)}
                doubts.append(Doubt(DoubtCode.OWNERS_PARTED, where.number, where.named, facts))
            elif read.may_be_several:
                facts = {"written": written}
                doubts.append(Doubt(DoubtCode.OWNERS_MAYBE_SEVERAL, where.number, where.named, facts))
        if hasattr(self, "_alike"):
            doubts += self._alike_doubts(measure, names)
        return tuple(names if measure.one_owner_a_line else dict.fromkeys(names)), doubts

    def _alike_doubts(self, measure: DraftMeasure, names: Sequence[str]) -> list[Doubt]:
        """Told once for each pair, where the rarer name comes first."""
        found = []
        for name in names:
            usual = self._alike.pop(name, None)
            if usual:
                facts = {"first": usual, "second": name}
                found.append(Doubt(DoubtCode.OWNERS_ALIKE, measure.line.number, measure.line.named, facts))
        return found

    def _years(self, measure: DraftMeasure) -> tuple[int | None, int | None]:
        if measure.from_time is not None or measure.to_time is not None:
            read = years.read_time(measure.from_time or "", None), years.read_time(measure.to_time or "", None)
            for each, written in zip(read, (measure.from_time, measure.to_time), strict=True):
                self._tell(measure, each, written or "")
            first = read[0].from_year
            last = read[1].to_year
            if first and last and first > last:
                measure.doubt(DoubtCode.TIME_IMPOSSIBLE, written=f"{first}–{last}")
                return None, None
            return first, last
        if measure.years:
            first, last = min(measure.years), max(measure.years)
            if years.has_gaps(measure.years):
                said = ", ".join(str(year) for year in sorted(set(measure.years)))
                self._tell(measure, years.Time(first, last, note=said, is_single=True), said)
            return first, last
        written = cleaning.clean(measure.time)
        time = years.read_time(written, self._period)
        self._tell(measure, time, written)
        return time.from_year, time.to_year

    def _tell(self, measure: DraftMeasure, time: years.Time, written: str) -> None:
        shown = cleaning.clean(written)
        if time.is_impossible:
            measure.doubt(DoubtCode.TIME_IMPOSSIBLE, written=shown)
        elif time.is_unread:
            measure.doubt(DoubtCode.TIME_UNREAD, written=shown)
        elif time.is_single:
            first, last = str(time.from_year), str(time.to_year)
            measure.doubt(DoubtCode.SINGLE_YEARS, written=shown, first=first, last=last)
        elif self._period and any(
            year is not None and not self._period[0] <= year <= self._period[1]
            for year in (time.from_year, time.to_year)
        ):
            period = f"{self._period[0]}–{self._period[1]}"
            measure.doubt(DoubtCode.TIME_OUTSIDE, written=shown, period=period)
        if time.note:
            measure.notes.append(f"Tid: {time.note}")

    def _footnotes(self, measure: DraftMeasure, marks: Sequence[str]) -> list[str]:
        """Return the texts of the footnotes: of those with one number the next after the measure."""
        found = []
        for mark in dict.fromkeys(marks):
            texts = self._marked.notes.get(mark)
            if not texts:
                measure.doubt(DoubtCode.NOTE_MISSING, mark=mark)
                continue
            after = [text for number, text in texts if number >= measure.line.number]
            found.append(after[0] if after else texts[-1][1])
        return found


def _more(more: DraftMore, serves: tuple[str, ...]) -> ReadMore:
    return ReadMore(
        budget=more.budget,
        funding=more.funding,
        partners=more.partners,
        deliverables=more.deliverables,
        services=tuple(more.services),
        learnt=more.learnt,
        serves=serves,
        links=tuple(dict.fromkeys(more.links)),
        indicators=tuple(dict.fromkeys(more.indicators)),
        said=tuple(dict.fromkeys(more.said)),
        parts=tuple(more.parts),
    )


def _part_time(measure: DraftMeasure) -> None:
    """Take the time from behind the owners, where nothing else says when: `Helsesjefen, 1. halvår 2027`."""
    if measure.one_owner_a_line or measure.time or measure.from_time or measure.to_time or measure.years:
        return
    for place, cell in enumerate(measure.owners):
        found = _TIME_LAST.fullmatch(cell.strip())
        time = cleaning.clean(found["time"]) if found else ""
        # A single word may be a time too, as `løpende`; several without a year may be a name.
        if found and years.is_time(time) and (" " not in time or any(each.isdigit() for each in time)):
            measure.owners[place], measure.time = found["owner"], time
            return
