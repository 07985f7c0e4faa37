"""Two rows of one person, each with a file: all of the one goes on in the other, and back when it was wrong."""

from datetime import timedelta

import pytest

from medspiller.access.domain import actors
from medspiller.core import clock, ids
from medspiller.followup import selectors, services
from medspiller.followup.models import Agreement, CarerFile, Need, Suggestion
from medspiller.followup.tests.factories import open_file
from medspiller.followup.tests.test_nothing_is_lost import of_kind, suggested
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.tests.factories import involve, make_person
from medspiller.worklist import services as worklist

DAY = timedelta(days=1)


class Two:
    """Randi, who stands twice in the register: the row that goes, with its file, and the one that is kept."""

    def __init__(self, team, kept_unit):
        self.team, self.system = team, actors.system(team.house.tenant_id)
        self.kept = make_person("Randi", "Demoli")
        involve(self.kept, team.unit_id, basis=InvolvementBasis.SUPPORT)
        self.gone_file = open_file(team, what_matters="At mor får bli hjemme.")
        self.kept_file = open_file(team, carer=self.kept, what_matters="Å sove.")
        CarerFile.objects.filter(id=self.kept_file.id).update(unit_id=kept_unit)
        self.ids = {"actor": self.system, "gone_id": team.carer.id, "kept_id": self.kept.id}
        self.merge_id = ids.new_id()

    def merge(self, *, list_first):
        steps = [
            lambda: services.move_person(**self.ids, merge_id=self.merge_id),
            lambda: worklist.move_person(**self.ids),
        ]
        for step in reversed(steps) if list_first else steps:
            step()
        # Events come twice now and then.
        services.move_person(**self.ids, merge_id=self.merge_id)

    def part(self, *, list_first):
        steps = [
            lambda: services.move_person_back(**self.ids, merge_id=self.merge_id),
            lambda: worklist.move_person_back(actor=self.system, gone_id=self.team.carer.id),
        ]
        for step in reversed(steps) if list_first else steps:
            step()

    def agreed(self, file, *, is_draft=False):
        row = services.draft_agreement(actor=self.team.nurse, file_id=file.id)
        if not is_draft:
            today = clock.today()
            services.activate_agreement(
                actor=self.team.nurse, agreement_id=row.id, agreed_on=today, review_on=today + 90 * DAY,
                version=row.version,
            )  # fmt: skip
        return row

    def holding(self, file):
        return list(Agreement.objects.filter(file=file, state="active").values_list("id", flat=True))


def on_lists(kind):
    return [(item.subject_id, item.person_id, item.unit_id) for item in of_kind(kind)]


@pytest.fixture(params=["home_care", "carers"])
def two(request, team):
    """In the same unit, and where the file that stays is another unit's."""
    return Two(team, getattr(team.house, request.param))


@pytest.mark.parametrize("list_first", [True, False])
def test_become_one_with_all_that_was_in_the_one_and_two_again(two, team, list_first):
    agreement = two.agreed(two.gone_file)
    need = services.note_need(actor=team.nurse, file_id=two.gone_file.id, need="night-rest")
    later = suggested(two.gone_file)
    services.answer_suggestion(actor=team.nurse, suggestion_id=later.id, answer="later", on=clock.today() + 9 * DAY)
    gone_unit, kept_unit = (CarerFile.objects.get(id=each.id).unit_id for each in (two.gone_file, two.kept_file))

    two.merge(list_first=list_first)

    assert two.holding(two.kept_file) == [agreement.id]
    assert Need.objects.get(id=need.id).file_id == two.kept_file.id
    assert CarerFile.objects.get(id=two.kept_file.id).what_matters == "Å sove.\n\nAt mor får bli hjemme."
    assert on_lists("suggestion_later") == [(later.id, two.kept.id, kept_unit)]
    assert on_lists("agreement_review") == [(agreement.id, two.kept.id, kept_unit)]

    two.part(list_first=list_first)

    assert two.holding(two.gone_file) == [agreement.id]
    assert Need.objects.get(id=need.id).file_id == two.gone_file.id
    assert CarerFile.objects.get(id=two.kept_file.id).what_matters == "Å sove."
    assert Suggestion.objects.get(id=later.id).file_id == two.gone_file.id
    assert on_lists("suggestion_later") == [(later.id, team.carer.id, gone_unit)]
    assert on_lists("agreement_review") == [(agreement.id, team.carer.id, gone_unit)]


class TestOfTwoAgreements:
    @pytest.fixture
    def two(self, team):
        return Two(team, team.unit_id)

    def test_the_one_that_holds_goes_on_and_the_draft_comes_back_with_the_parting(self, two, team):
        draft, holds = two.agreed(two.kept_file, is_draft=True), two.agreed(two.gone_file)

        two.merge(list_first=True)
        assert selectors.agreement_of(actor=team.nurse, file_id=two.kept_file.id).id == holds.id
        assert Agreement.objects.get(id=draft.id).closed_because == "replaced"

        two.part(list_first=True)
        assert Agreement.objects.get(id=draft.id).state == "draft"
        assert two.holding(two.gone_file) == [holds.id]

    def test_that_hold_the_one_in_the_file_that_stays_goes_on(self, two):
        stays, goes = two.agreed(two.kept_file), two.agreed(two.gone_file)

        two.merge(list_first=True)
        assert two.holding(two.kept_file) == [stays.id]
        assert [subject for subject, _person, _unit in on_lists("agreement_review")] == [stays.id]

        two.part(list_first=True)
        assert (two.holding(two.kept_file), two.holding(two.gone_file)) == ([stays.id], [goes.id])


def test_what_somebody_has_written_since_stays_when_they_are_two_again(team):
    two = Two(team, team.unit_id)
    two.merge(list_first=True)
    CarerFile.objects.filter(id=two.kept_file.id).update(what_matters="Å få sove, og at mor er hjemme.")

    two.part(list_first=True)

    assert CarerFile.objects.get(id=two.kept_file.id).what_matters == "Å få sove, og at mor er hjemme."


def test_what_both_have_stands_once(team):
    two = Two(team, team.unit_id)
    for file in (two.gone_file, two.kept_file):
        services.note_need(actor=team.nurse, file_id=file.id, need="night-rest")
        suggested(file)

    two.merge(list_first=True)

    assert Need.objects.filter(file=two.kept_file).count() == 1
    assert Suggestion.objects.filter(file=two.kept_file).count() == 1


def test_what_happened_in_the_closed_file_is_read_in_the_one_that_goes_on_until_they_are_two_again(team):
    two = Two(team, team.unit_id)
    said = {two.gone_file: "Ringte og var sliten.", two.kept_file: "Kom innom."}
    for file, text in said.items():
        services.add_note(actor=team.nurse, file_id=file.id, code="talk", text=text, on=clock.today())

    def read(file):
        return [(note.code.value, note.text) for note in selectors.file(actor=team.nurse, file_id=file.id).notes]

    two.merge(list_first=True)
    together = read(two.kept_file)
    assert {text for _code, text in together if text} == set(said.values())
    assert "closed" not in {code for code, _text in together}

    two.part(list_first=True)
    assert {text for _code, text in read(two.kept_file) if text} == {said[two.kept_file]}
    assert {text for _code, text in read(two.gone_file) if text} == {said[two.gone_file]}


def test_what_happened_follows_through_two_joinings_and_to_nobody_else(team):
    two = Two(team, team.unit_id)
    services.add_note(actor=team.nurse, file_id=two.gone_file.id, code="talk", text="Den første.", on=clock.today())
    two.merge(list_first=True)
    third = make_person("Randi", "Demoli")
    involve(third, team.unit_id, basis=InvolvementBasis.SUPPORT)
    last = open_file(team, carer=third)
    services.move_person(actor=two.system, merge_id=ids.new_id(), gone_id=two.kept.id, kept_id=third.id)
    other = make_person("Liv", "Demoland")
    involve(other, team.unit_id, basis=InvolvementBasis.SUPPORT)

    assert "Den første." in {note.text for note in selectors.file(actor=team.nurse, file_id=last.id).notes}
    others = selectors.file(actor=team.nurse, file_id=open_file(team, carer=other).id)
    assert "Den første." not in {note.text for note in others.notes}
