"""Posts and collaborating organisations."""

from dataclasses import replace
from unittest import mock

import pytest

from medspiller.audit.models import AccessEntry
from medspiller.core import events
from medspiller.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from medspiller.organisations import policies, selectors, services
from medspiller.organisations.domain import closing
from medspiller.organisations.domain.details import OrganisationDetails
from medspiller.organisations.domain.events import (
    OrganisationChanged,
    OrganisationRegistered,
    PostClosed,
    PostOpened,
)
from medspiller.organisations.domain.kinds import OrganisationKind
from medspiller.organisations.tests import factories
from medspiller.organisations.tests.factories import TODAY

NKS = OrganisationDetails(name="Kvinnehelselaget", kind=OrganisationKind.VOLUNTARY, website="https://example.org")


@pytest.fixture
def south(here):
    return factories.make_unit("Sone sør")


@pytest.fixture
def leader(here, south):
    return factories.staff(here, *policies.ACTIONS, units=[south])


@pytest.fixture
def told(monkeypatch):
    """What was announced."""
    announced = []
    monkeypatch.setattr(events, "publish", mock.Mock(side_effect=announced.append))
    return announced


def logged(subject_id):
    return list(AccessEntry.objects.filter(subject_id=subject_id).values_list("action", flat=True))


class TestPosts:
    def test_opening_stores_logs_and_tells(self, leader, south, told):
        post = services.open_post(actor=leader, unit_id=south.id, title=" Kreft-\nsykepleier ", opened_on=TODAY)

        assert (post.title, post.tenant_id) == ("Kreft- sykepleier", south.tenant_id)
        assert logged(post.id) == ["organisations.open_post"]
        assert told == [PostOpened(post_id=post.id, unit_id=south.id, opened_on=TODAY)]

    def test_a_unit_can_have_many_with_one_title(self, leader, south):
        for _ in range(2):
            services.open_post(actor=leader, unit_id=south.id, title="Sykepleier", opened_on=TODAY)

        assert len(selectors.posts(actor=leader, unit_id=south.id, on=TODAY)) == 2

    @pytest.mark.parametrize("title", ["", " \n", "a" * 121])
    def test_a_title_is_needed_and_fits_on_a_door(self, leader, south, title):
        with pytest.raises(InvalidInput):
            services.open_post(actor=leader, unit_id=south.id, title=title, opened_on=TODAY)

    def test_none_is_opened_in_a_closed_unit(self, here):
        closed = factories.make_unit("Sone vest", closed=True)

        with pytest.raises(closing.NotOpenThen):
            services.open_post(actor=factories.system(here), unit_id=closed.id, title="Leder", opened_on=TODAY)

    def test_closing_stores_logs_and_tells(self, leader, south, told):
        post = factories.make_post(south)

        closed = services.close_post(actor=leader, post_id=post.id, closed_from=TODAY)

        assert closed.closed_from == TODAY
        assert logged(post.id) == ["organisations.close_post"]
        assert told == [PostClosed(post_id=post.id, closed_from=TODAY)]

    def test_closing_twice_is_refused(self, leader, south):
        post = factories.make_post(south, closed=True)

        with pytest.raises(closing.AlreadyClosed):
            services.close_post(actor=leader, post_id=post.id, closed_from=TODAY)

    def test_both_are_refused_to_somebody_from_next_door(self, here, south):
        neighbour = factories.staff(here, *policies.ACTIONS, units=[factories.make_unit("Sone nord")])
        post = factories.make_post(south)

        with pytest.raises(NotAllowed):
            services.open_post(actor=neighbour, unit_id=south.id, title="Leder", opened_on=TODAY)
        with pytest.raises(NotAllowed):
            services.close_post(actor=neighbour, post_id=post.id, closed_from=TODAY)

    def test_one_that_may_not_be_seen_looks_as_if_it_were_not_there(self, here, south):
        post = factories.make_post(south)

        with pytest.raises(NotFound):
            services.close_post(actor=factories.stranger(here), post_id=post.id, closed_from=TODAY)


class TestOrganisations:
    def test_registering_stores_logs_and_tells(self, leader, told):
        registered = services.register_organisation(actor=leader, details=NKS)

        assert registered.details == NKS
        assert logged(registered.id) == ["organisations.register_organisation"]
        assert told == [OrganisationRegistered(organisation_id=registered.id)]

    def test_one_name_is_registered_once(self, leader):
        services.register_organisation(actor=leader, details=NKS)

        with pytest.raises(InvalidInput) as refusal:
            services.register_organisation(actor=leader, details=replace(NKS, name="KVINNEHELSELAGET"))

        assert refusal.value.problems.keys() == {"name"}

    def test_an_address_that_runs_script_is_refused(self, leader):
        with pytest.raises(InvalidInput) as refusal:
            services.register_organisation(actor=leader, details=replace(NKS, website="javascript:alert(1)"))

        assert refusal.value.problems.keys() == {"website"}

    def test_registering_is_refused_to_somebody_who_only_may_look(self, here, south):
        with pytest.raises(NotAllowed):
            services.register_organisation(actor=factories.staff(here, units=[south]), details=NKS)

    def test_changing_stores_logs_and_tells_what_differs(self, leader, told):
        known = factories.make_organisation()

        changed = services.change_organisation(
            actor=leader, organisation_id=known.id, seen_version=1, details=replace(known.details, about="Møteplass")
        )

        assert (changed.about, changed.version) == ("Møteplass", 2)
        assert logged(known.id) == ["organisations.change_organisation"]
        assert told == [OrganisationChanged(organisation_id=known.id, fields=("about",))]

    def test_what_somebody_else_changed_meanwhile_is_refused_and_told(self, leader):
        known = factories.make_organisation()
        services.change_organisation(
            actor=leader, organisation_id=known.id, seen_version=1, details=replace(known.details, about="Møteplass")
        )

        with pytest.raises(Conflict) as refusal:
            services.change_organisation(
                actor=leader, organisation_id=known.id, seen_version=1, details=replace(known.details, about="Kafé")
            )

        assert refusal.value.changed == {"about": "Møteplass"}
