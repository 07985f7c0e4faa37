"""Whom one calls: the number of a unit, or of the nearest above it; and the child welfare service."""

from datetime import timedelta

import pytest

from medspiller.core import ids
from medspiller.core.errors import InvalidInput
from medspiller.organisations import selectors, services
from medspiller.organisations.domain.details import UnitDetails, is_phone, tidy
from medspiller.organisations.domain.kinds import UnitKind
from medspiller.organisations.tests import factories
from medspiller.organisations.tests.factories import LAST_YEAR_ENDED, TODAY

SWITCHBOARD, OWN = "00112233", "00445566"


@pytest.fixture
def anybody(here):
    return factories.stranger(here)


def called(anybody, unit, on=TODAY):
    found = selectors.phone_of(actor=anybody, unit_id=unit.id, on=on)
    return found and (found.phone, found.unit_name, found.is_own)


class TestANumber:
    def test_is_the_units_own_before_that_of_the_nearest_above(self, anybody):
        top = factories.make_unit("Helse", phone=SWITCHBOARD)
        centre = factories.make_unit("Senteret", under=top, phone=OWN)
        group = factories.make_unit("Gruppa", under=centre)
        other = factories.make_unit("Kontoret", under=top)

        assert called(anybody, centre) == (OWN, "Senteret", True)
        assert called(anybody, group) == (OWN, "Senteret", False)
        assert called(anybody, other) == (SWITCHBOARD, "Helse", False)

    def test_is_none_where_nobody_has_one_or_whoever_had_it_is_closed(self, anybody):
        closed = factories.make_unit("Helse", closed=True, phone=SWITCHBOARD)
        without = factories.make_unit("Senteret")

        assert called(anybody, closed) is None
        assert called(anybody, closed, on=LAST_YEAR_ENDED - timedelta(days=1)) is not None
        assert called(anybody, without) is None
        assert selectors.phone_of(actor=anybody, unit_id=ids.new_id(), on=TODAY) is None
        assert selectors.phone_of(actor=factories.stranger(None), unit_id=closed.id, on=LAST_YEAR_ENDED) is None

    @pytest.mark.parametrize(
        ("typed", "dialled"),
        [
            ("00 11 22 33", SWITCHBOARD),
            ("116-117", "116117"),
            ("+46 (0)8 00 11", "+46080011"),
            ("ring oss", "ring oss"),
        ],
    )
    def test_is_kept_as_it_is_dialled(self, typed, dialled):
        assert tidy(UnitDetails(name="Senteret", kind=UnitKind.OTHER, phone=typed)).phone == dialled

    @pytest.mark.parametrize("text", ["12", "1" * 16, "ring oss", "+", "12a45678"])
    def test_that_cannot_be_dialled_is_refused(self, here, text):
        house = factories.make_unit("Helse")
        leader = factories.staff(here, "organisations.edit_unit", units=[house])

        assert not is_phone(text)
        with pytest.raises(InvalidInput) as refused:
            services.change_unit(
                actor=leader,
                unit_id=house.id,
                seen_version=house.version,
                details=UnitDetails(name="Helse", kind=UnitKind.HOME_CARE, phone=text),
            )
        assert set(refused.value.problems) == {"phone"}


def test_child_welfare_services_are_known_to_anybody_while_they_are_open(anybody):
    kind = UnitKind.CHILD_WELFARE.value
    factories.make_unit("Barneverntjenesten", kind=kind, phone=OWN)
    factories.make_unit("Den gamle", kind=kind, closed=True, phone=SWITCHBOARD)
    factories.make_unit("Hjemmetjenesten", phone=SWITCHBOARD)

    assert [(each.unit_name, each.phone) for each in selectors.child_welfare(actor=anybody, on=TODAY)] == [
        ("Barneverntjenesten", OWN)
    ]
    assert selectors.child_welfare(actor=factories.stranger(None), on=TODAY) == ()
