"""Who is nearest when the patient can name nobody, and what an age changes."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medspiller.core.periods import Period
from medspiller.people.domain.relations import RelationKind
from medspiller.people.domain.telling import Candidate, changes, reaches, suggest_nearest
from medspiller.people.domain.telling.nearest import starting_order


class TestNearest:
    EX_WIFE = Candidate("ex-wife", RelationKind.FORMER_SPOUSE, contact_days=0, lasting=False)
    DAUGHTER = Candidate("daughter", RelationKind.CHILD, age=50, contact_days=300, lasting=True)
    COHABITANT = Candidate("cohabitant", RelationKind.COHABITANT, contact_days=2, lasting=False)

    def test_the_list_of_the_law_is_shown_in_its_order_and_without_children(self):
        kinds = [place.kinds[0] for place in starting_order()]

        assert kinds[:6] == [
            RelationKind.SPOUSE, RelationKind.COHABITANT, RelationKind.CHILD, RelationKind.PARENT,
            RelationKind.SIBLING, RelationKind.GRANDPARENT,
        ]  # fmt: skip
        assert [place.kinds[0] for place in starting_order() if place.adults_only] == [
            RelationKind.CHILD,
            RelationKind.SIBLING,
        ]

    def test_t13_contact_goes_before_the_list(self):
        found = suggest_nearest([self.EX_WIFE, self.DAUGHTER, self.COHABITANT])

        assert found.starting_point == "cohabitant"
        assert found.most_contact == "daughter"
        assert not found.list_and_contact_agree
        assert "skriv hvorfor" in found.why.nb

    def test_even_when_both_agree_somebody_writes_why(self):
        found = suggest_nearest([replace(self.DAUGHTER, key="one")])

        assert found.list_and_contact_agree
        assert "skriv hvorfor" in found.why.nb

    def test_contact_nobody_asked_about_keeps_it_open(self):
        found = suggest_nearest([self.DAUGHTER, replace(self.COHABITANT, contact_days=None)])

        assert found.most_contact is None
        assert found.missing == ("cohabitant",)

    def test_children_are_left_out(self):
        found = suggest_nearest([replace(self.DAUGHTER, age=17)])

        assert found.too_young == ("daughter",)
        assert found.starting_point is found.most_contact is None

    def test_a_friend_with_the_most_contact_is_suggested_though_on_no_list(self):
        friend = Candidate("friend", RelationKind.FRIEND, contact_days=350, lasting=True)
        found = suggest_nearest([self.DAUGHTER, friend])

        assert (found.starting_point, found.most_contact) == ("daughter", "friend")

    def test_the_order_of_the_law_decides_between_equals(self):
        sister = Candidate("sister", RelationKind.SIBLING, age=50, contact_days=300, lasting=True)

        assert suggest_nearest([sister, self.DAUGHTER]).most_contact == "daughter"

    def test_lasting_goes_before_often(self):
        new = Candidate("new", RelationKind.FRIEND, contact_days=365, lasting=False)

        assert suggest_nearest([new, self.DAUGHTER]).most_contact == "daughter"

    def test_nobody_is_suggested_where_there_is_nobody(self):
        assert suggest_nearest([]).most_contact is None
        assert suggest_nearest([self.EX_WIFE]).most_contact is None


class TestAges:
    BORN = date(2014, 12, 31)

    def on(self, rule: str, born: date) -> date:
        (found,) = [one for one in changes(born, between=Period(born)) if one.rule.id == rule]
        return found.on

    @pytest.mark.parametrize(
        ("rule", "on"),
        [
            ("refuses-12", date(2026, 12, 31)),
            ("decides-16", date(2030, 12, 31)),
            ("adult-18", date(2032, 12, 31)),
            ("care-days-12", date(2027, 1, 1)),
            ("care-days-18", date(2033, 1, 1)),
            ("necessary-care-leave-18", date(2033, 1, 1)),
            ("transitional-benefit-18", date(2033, 1, 1)),
        ],
    )
    def test_change_on_their_day(self, rule, on):
        assert self.on(rule, self.BORN) == on

    def test_care_days_last_the_whole_year_and_the_month_benefit_the_whole_month(self):
        assert self.on("care-days-12", date(2014, 1, 1)) == date(2027, 1, 1)
        assert self.on("transitional-benefit-18", date(2014, 1, 1)) == date(2032, 2, 1)

    def test_born_on_a_leap_day_turns_on_the_first_of_march(self):
        assert reaches(date(2012, 2, 29), months=12 * 16) == date(2028, 2, 29)
        assert reaches(date(2012, 2, 29), months=12 * 18) == date(2030, 3, 1)
        assert reaches(date(2025, 12, 31), months=14) == date(2027, 3, 1)

    def test_are_told_for_the_days_asked_about_only(self):
        birthday = date(2030, 12, 31)

        assert changes(self.BORN, between=Period(date(2030, 12, 1), birthday)) == []
        found = changes(self.BORN, between=Period(birthday, date(2031, 1, 1)))
        assert {one.rule.id for one in found} == {"decides-16", "told-less-16"}

    def test_leave_out_what_was_no_law_that_day(self):
        born = date(2004, 8, 1)
        before = {one.rule.id for one in changes(date(2004, 7, 31), between=Period(date(2022, 7, 1), date(2022, 8, 1)))}
        after = {one.rule.id for one in changes(born, between=Period(date(2022, 8, 1), date(2022, 9, 1)))}

        assert "child-coordinator-18" in after - before

    def test_end_with_the_calendar(self):
        assert changes(date(9998, 1, 1), between=Period(date(9998, 1, 1))) == []

    @given(
        born=st.dates(min_value=date(1890, 1, 1), max_value=date(2100, 1, 1)),
        start=st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    )
    def test_no_change_is_lost_or_told_twice_between_two_periods(self, born, start):
        middle, end = date.fromordinal(start.toordinal() + 400), date.fromordinal(start.toordinal() + 800)

        whole = changes(born, between=Period(start, end))

        assert whole == changes(born, between=Period(start, middle)) + changes(born, between=Period(middle, end))
