"""What is compared over time and what is not, without a database."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from medspiller.questionnaires.domain.definition.reading import read
from medspiller.questionnaires.domain.library.instruments import Band, Certainty, Change, Direction, Relevant, Scale
from medspiller.questionnaires.domain.reading_back.answer_changes import Kind, Said, changes
from medspiller.questionnaires.domain.reading_back.answers import answers_to_read
from medspiller.questionnaires.domain.reading_back.drawing import Dot, Panel, Picture, Stripe, in_dark, picture_from
from medspiller.questionnaires.domain.reading_back.over_time import (
    Apart,
    Measure,
    Taken,
    can_be_drawn,
    course,
    courses,
    difference,
    scoring_of_form,
    worths,
)
from medspiller.questionnaires.tests.cases import answered, response
from medspiller.questionnaires.tests.content import nights, option
from medspiller.questionnaires.tests.forms import engine

MARCH, JUNE, AUTUMN = date(2026, 3, 3), date(2026, 6, 1), date(2026, 10, 1)
LOAD = Measure("total", {"nb": "Belastning"})


def scale(**changes):
    told = {
        "id": "total",
        "name": {"nb": "Belastning"},
        "item": "total",
        "range": (Decimal(0), Decimal(100)),
        "certainty": Certainty.READ,
        "higher": Direction.BETTER,
        "bands": (),
        "relevant_change": Relevant(Decimal(10), Certainty.READ, "CORC"),
    }
    return Scale(**{**told, **changes})


def taken(on, value, *, number=1, version="1.0.0", language="nb", scoring="", by=None):
    known = {"total": Decimal(value)} if value is not None else {}
    worth = worths(instrument_with(by or scale()), known, on=on)
    return Taken(UUID(int=number), on, version, language, scoring, worth)


def instrument_with(*scales):
    """Whatever has scales."""

    class Instrument:
        pass

    Instrument.scales = scales
    return Instrument()


def since(*points):
    return [
        (point.since.by, point.since.change) if point.since else point.apart for point in course(LOAD, points).points
    ]


class TestAFigure:
    def test_is_told_from_the_last_time_by_the_instruments_own_rule(self):
        assert since(taken(MARCH, 60), taken(JUNE, 48)) == [None, (Decimal(-12), Change.WORSE)]

    @pytest.mark.parametrize(
        ("before", "after", "change"),
        [(60, 70, Change.BETTER), (60, 69, Change.SMALL), (60, 51, Change.SMALL), (60, 60, Change.NONE)],
    )
    def test_below_what_the_instrument_calls_a_change_is_small(self, before, after, change):
        assert since(taken(MARCH, before), taken(JUNE, after))[1][1] is change

    @pytest.mark.parametrize(
        ("higher", "change"), [(Direction.WORSE, Change.WORSE), (Direction.MORE_CARING, Change.MORE), (None, None)]
    )
    def test_means_what_the_scale_says_or_nothing(self, higher, change):
        by = scale(higher=higher)

        assert since(taken(MARCH, 10, by=by), taken(JUNE, 40, by=by))[1][1] is change

    def test_has_the_band_that_held_on_its_day(self):
        old = Band(Decimal(0), Decimal(50), {"nb": "Lav"}, Certainty.READ, date(2020, 1, 1), "")
        new = Band(Decimal(0), Decimal(60), {"nb": "Lavere enn 60"}, Certainty.READ, date(2026, 5, 1), "")
        by = scale(bands=(old, new))

        points = course(LOAD, (taken(MARCH, 55, by=by), taken(JUNE, 55, by=by))).points

        assert [point.worth.band for point in points] == [None, new]

    def test_that_is_missing_is_passed_over(self):
        found = since(taken(MARCH, 60), taken(JUNE, None), taken(AUTUMN, 40))

        assert found == [None, Apart.UNSCORED, (Decimal(-20), Change.WORSE)]


class TestLike:
    @pytest.mark.parametrize(
        ("changed", "apart"),
        [
            ({"version": "2.0.0"}, Apart.VERSION),
            ({"version": "1.4.0"}, None),
            ({"language": "en"}, Apart.LANGUAGE),
            ({"scoring": "another"}, Apart.SCORING),
        ],
    )
    def test_is_compared_with_like_only(self, changed, apart):
        assert difference(taken(MARCH, 1), taken(JUNE, 1, **changed)) is apart

    def test_what_differs_stands_beside_it_with_the_reason(self):
        assert since(taken(MARCH, 60), taken(JUNE, 20, language="en")) == [None, Apart.LANGUAGE]

    def test_is_found_again_past_what_differs(self):
        points = course(LOAD, (taken(MARCH, 60), taken(JUNE, 20, version="2.0.0"), taken(AUTUMN, 45))).points

        assert (points[2].since.on, points[2].since.by) == (MARCH, Decimal(-15))

    def test_counts_by_what_the_form_adds_up(self):
        other = nights()
        other["item"][1] |= {"answerOption": [option("well", "Ja", 0), option("badly", "Nei", 3)]}
        reworded = nights()
        reworded["item"][1] |= {"text": "Får du sove godt?"}

        assert scoring_of_form(read(nights())) == scoring_of_form(read(reworded))
        assert scoring_of_form(read(nights())) != scoring_of_form(read(other))


class TestDrawn:
    def test_is_what_has_figures_of_two_times(self):
        assert can_be_drawn(courses([LOAD], (taken(MARCH, 1), taken(JUNE, 2))))
        assert not can_be_drawn(courses([LOAD], (taken(MARCH, 1), taken(JUNE, None))))

    def test_nothing_is_followed_that_never_had_a_figure(self):
        assert courses([LOAD], (taken(MARCH, None),)) == ()

    def test_reads_back_as_it_was_written(self):
        dots = (Dot("2026-03-03", 12.0, "12", 0),)
        picture = Picture("nb", "Tittel", "Alt", (Panel("Søvn", dots, 0.0, 60.0, (Stripe(24.0, 60.0, "Tung"),)),))

        assert picture_from(picture.as_text()) == picture

    def test_has_other_colours_in_the_dark(self):
        assert in_dark('<path stroke="#1f6d57"/>') == '<path stroke="#7cceb1"/>'


def said(*items):
    given = response(*items)
    return Said(given, answers_to_read(engine(nights()), given, language="nb"))


def slept(code, display=""):
    return answered("sleep", {"valueCoding": {"system": "https://example.no/cs", "code": code, "display": display}})


UP = answered("night-care", {"valueBoolean": True})


class TestAnswersSideBySide:
    def test_of_the_same_codes_are_the_same_whatever_they_are_called(self):
        found = changes(said(UP, slept("well", "Ja, godt")), said(UP, slept("well", "Yes, well")))

        assert (found.changes, found.same) == ((), 2)

    def test_are_told_apart_as_new_gone_and_other(self):
        helper = {"linkId": "helpers", "item": [answered("helper-name", {"valueString": "Ola"})]}

        found = changes(said(UP, slept("well")), said(UP, slept("badly"), helper))
        back = changes(said(UP, helper), said(UP))

        assert [(each.row.link_id, each.kind) for each in found.changes] == [
            ("sleep", Kind.OTHER),
            ("helper-name", Kind.ADDED),
        ]
        assert [each.kind for each in back.changes] == [Kind.REMOVED]
        assert [value.words.plain for value in found.changes[0].before] == ["Ja, godt"]

    def test_leave_out_what_is_calculated(self):
        total = answered("sum", {"valueInteger": 2})

        assert "sum" not in [each.row.link_id for each in changes(said(UP), said(UP, slept("badly"), total)).changes]
