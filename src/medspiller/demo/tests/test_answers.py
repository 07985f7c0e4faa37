"""The families answer forms once these are there: each once, as who did it, and what was changed meanwhile stays."""

import random
from functools import cache

import pytest
from django.db import connection

from medspiller.access.domain import actors
from medspiller.audit.models import AccessEntry
from medspiller.config.content_kinds import CONTENT_KINDS
from medspiller.config.secrets import ROOT
from medspiller.content import services as content
from medspiller.content.domain import loading
from medspiller.core import clock, tenancy
from medspiller.demo.domain import families, forms
from medspiller.demo.domain.forms import own
from medspiller.demo.domain.forms.telling import SELF
from medspiller.demo.services import _answering as answering
from medspiller.demo.services import _house as house
from medspiller.demo.services import _telling as telling
from medspiller.demo.services._acting import acting
from medspiller.people.models import Person
from medspiller.questionnaires import selectors, services
from medspiller.questionnaires.domain.states import Status
from medspiller.questionnaires.models import Response, Score, Total
from medspiller.questionnaires.selectors import editing
from medspiller.questionnaires.selectors.editing import FormState
from tests.support.database import HERE, thrown_away

KIND = "questionnaires"
SAID = []


@cache
def _shipped():
    library = loading.load(ROOT / "content", CONTENT_KINDS)
    return (*library.of_kind(KIND), *library.of_kind("instruments"))


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    """The municipality with its families, before anybody has answered anything: told once, and then thrown away."""
    system, chance, today = actors.system(HERE), random.Random(1), clock.today()  # noqa: S311 - to be foreseen
    with django_db_blocker.unblock():
        with thrown_away():
            tenancy.enter_tenant(tenant_id=HERE, actor_id=actors.SYSTEM_ID)
            with clock.frozen(house.IDS_BEGIN):
                units = house.furnish_municipality(system, chance=chance, today=today)
            stories = [story for story in families.stories(today) if not story.health_trust]
            telling.tell(system, stories, units, organisation=house.MUNICIPALITY_NAME, today=today)
            yield HERE
        connection.close()


@pytest.fixture
def town(told):
    """The same, for a test that changes something."""
    with thrown_away():
        tenancy.enter_tenant(tenant_id=told, actor_id=actors.SYSTEM_ID)
        yield told


@pytest.fixture
def asked(town):
    """The same, with the forms published."""
    content.publish(actor=actors.system(town), definitions=_shipped())
    return town


def answered(town, seed=1):
    SAID.clear()
    try:
        return answering.answer(town, seed=seed, say=SAID.append)
    finally:
        tenancy.enter_tenant(tenant_id=town, actor_id=actors.SYSTEM_ID)


def somebody(town, subject):
    return acting(actors.system(town), subject, organisation=house.MUNICIPALITY_NAME)


def kept():
    rows = Response.objects.order_by("id").values_list("id", "questionnaire_url", "status", "answers", "started_at")
    return list(rows), list(Total.objects.order_by("id").values_list("id", "value", "measured_on"))


class TestAnswering:
    def test_stores_all_that_is_told_as_who_did_it(self, asked):
        told = list(forms.answered(clock.today()))

        assert answered(asked) == len(told) + len(list(forms.measured()))

        names = {each.name for each in (somebody(asked, one.by) for one in told if one.by != SELF)}
        assert names < set(Response.objects.values_list("author_name", flat=True))
        assert Response.objects.filter(status=Status.IN_PROGRESS).count() == sum(not each.finished for each in told)
        assert Score.objects.filter(response__subject__given_name="Kari").count() == 2

    def test_keeps_every_word_that_is_said(self, asked):
        answered(asked)

        stored = {str(row) for row in Response.objects.values_list("answers", flat=True)}
        said = {
            value for told in forms.answered(clock.today()) for value in told.said.values()
            if isinstance(value, str) and " " in value
        }  # fmt: skip
        assert [words for words in said if not any(words in row for row in stored)] == []

    def test_is_dated_when_it_was_done(self, asked):
        answered(asked)

        days = {
            (clock.today() - row.completed_at.date()).days
            for row in Response.objects.filter(completed_at__lt=clock.now())
        }
        assert {120, 28, 20, 1} <= days

    def test_twice_changes_nothing(self, asked):
        answered(asked)
        before, entries = kept(), AccessEntry.objects.count()

        assert answered(asked) == 0
        assert (kept(), AccessEntry.objects.count()) == (before, entries)

    def test_waits_for_the_forms(self, town):
        assert answered(town) == 0
        assert "no forms are published" in SAID[0]
        assert not Response.objects.exists()

        content.publish(actor=actors.system(town), definitions=_shipped())
        assert answered(town) > 0

    def test_leaves_out_whom_somebody_has_changed(self, asked):
        Person.objects.filter(given_name="Eivind", family_name="Sandvik").update(given_name="Even")
        told = [each for each in forms.answered(clock.today()) if each.story == "bereaved"]

        all_of_them = len(list(forms.answered(clock.today()))) + len(list(forms.measured()))
        assert answered(asked) == all_of_them - len(told)

    def test_leaves_alone_what_somebody_is_in_the_middle_of(self, asked):
        kari = Person.objects.get(given_name="Kari", family_name="Demoås")
        url = next(each.url for each in forms.answered(clock.today()) if not each.finished and each.by == SELF)
        begun = services.start(actor=somebody(asked, "datter"), person_id=kari.id, url=url, language="nb")

        answered(asked)

        assert Response.objects.get(id=begun.id).answers == begun.answers


def test_each_sees_what_is_theirs(asked):
    answered(asked)
    hers = selectors.begun(actor=somebody(asked, "datter"), language="nb")
    nurses = selectors.begun(actor=somebody(asked, "omsorgsarbeider"), language="nb")

    assert [each.title for each in hers] == ["Min kriseplan: hvem jeg ringer"]
    assert [each.name for each in nurses] == ["Solveig Demoås"]


def test_the_editor_has_a_form_in_use_and_a_draft(asked):
    answered(asked)
    listed = editing.forms_to_edit(actor=somebody(asked, "strategiansvarlig"))

    assert [(each.version, each.state) for each in listed if each.url == own.URL] == [
        ("1.1.0", FormState.DRAFT),
        ("1.0.0", FormState.ACTIVE),
    ]
