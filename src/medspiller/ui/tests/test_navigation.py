import pytest
from django.urls import path

from medspiller.core.actors import ActorKind
from medspiller.ui import navigation
from medspiller.ui.navigation import Entry, Place
from medspiller.ui.tests.pages import request_to

pytestmark = pytest.mark.urls(__name__)

urlpatterns = [
    path("arbeid/", lambda _: None, name="home"),
    path("arbeid/oppgaver/", lambda _: None, name="tasks"),
    path("arbeid/roller/", lambda _: None, name="roles"),
]


class Nurse:
    kind = ActorKind.STAFF

    def may(self, action):
        return action != "access.change_roles"


@pytest.fixture(autouse=True)
def menu(monkeypatch):
    monkeypatch.setattr(navigation, "_published", {})
    entries = [
        Entry("Hjem", "home"),
        Entry("Oppgaver", "tasks"),
        Entry("Roller", "roles", action="access.change_roles"),
    ]
    navigation.publish(Place.STAFF, entries)


def shown(address, actor=None):
    request = request_to(address)
    if actor:
        request.actor = actor
    return navigation.entries(request, Place.STAFF)


def test_only_what_one_may_do_is_shown():
    assert [entry.label for entry in shown("/arbeid/", Nurse())] == ["Hjem", "Oppgaver"]


def test_to_nobody_only_what_anybody_may_do_is_shown():
    assert [entry.label for entry in shown("/arbeid/")] == ["Hjem", "Oppgaver"]


@pytest.mark.parametrize(
    ("address", "here"),
    [("/arbeid/", "Hjem"), ("/arbeid/oppgaver/", "Oppgaver"), ("/arbeid/oppgaver/7/", "Oppgaver"), ("/", None)],
)
def test_one_entry_says_where_one_is(address, here):
    assert [entry.label for entry in shown(address) if entry.is_current] == ([here] if here else [])


def test_an_entry_may_lead_to_a_part_of_a_page():
    navigation.publish(Place.WITH_CARER, [Entry("Mine", "tasks", query="mine=ja")])

    (entry,) = navigation.entries(request_to("/arbeid/"), Place.WITH_CARER)

    assert entry.href == "/arbeid/oppgaver/?mine=ja"


@pytest.mark.parametrize(("address", "here"), [("/arbeid/", "Hjem"), ("/arbeid/oppgaver/", None)])
def test_the_first_page_of_an_area_is_where_one_is_on_itself_only(address, here):
    navigation.publish(Place.STAFF, [Entry("Hjem", "home", only_itself=True)])

    assert [entry.label for entry in shown(address) if entry.is_current] == ([here] if here else [])


def test_what_is_for_strangers_is_gone_once_one_has_signed_in():
    navigation.publish(Place.STAFF, [Entry("For ansatte", "home", for_strangers=True)])

    assert [entry.label for entry in shown("/")] == ["For ansatte"]
    assert shown("/", Nurse()) == []


def test_entries_stand_under_their_heading():
    navigation.publish(Place.STAFF, [Entry("Hjem", "home"), Entry("Oppgaver", "tasks", group="Hver dag")])

    assert [(entry.label, entry.group) for entry in shown("/")] == [("Hjem", ""), ("Oppgaver", "Hver dag")]


def test_a_place_without_a_menu_shows_none():
    assert navigation.entries(request_to("/"), Place.FOOTER) == []


def test_what_is_for_one_kind_of_actor_is_for_no_other():
    navigation.publish(Place.STAFF, [Entry("Ansattes", "home", kind=ActorKind.STAFF)])
    navigation.publish(Place.CARER, [Entry("Pårørendes", "home", kind=ActorKind.CITIZEN)])
    request = request_to("/")
    request.actor = Nurse()

    assert [entry.label for entry in navigation.entries(request, Place.STAFF)] == ["Ansattes"]
    assert navigation.entries(request, Place.CARER) == []
    assert shown("/") == []
