"""What the register calls whoever is signed in, for those whose provider tells no name."""

from medspiller.access import selectors as access
from medspiller.access.domain import actors
from medspiller.people import selectors
from medspiller.people.tests import factories


def test_is_the_registered_name_of_ones_own_person(here):
    account = factories.citizen_account(here)
    factories.make_person("Kari", user=account)

    assert selectors.own_name(actor=factories.as_actor(account)) == "Kari Demoli"


def test_is_empty_for_somebody_who_is_not_registered(here):
    factories.make_person("Kari")

    assert selectors.own_name(actor=factories.as_actor(factories.citizen_account(here))) == ""


def test_is_what_an_account_without_a_name_is_called_in_this_process(here):
    account = factories.citizen_account(here)
    account.name = ""
    factories.make_person("Kari", user=account)

    assert access.name_of(actor=actors.anonymous(here), user=account) == "Kari Demoli"
