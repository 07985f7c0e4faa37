"""Who may do what. The table is the specification."""

import pytest

from medspiller.core.actors import ActorKind
from medspiller.core.errors import NotAllowed
from medspiller.organisations import policies
from medspiller.organisations.models import Organisation, Post, Unit
from medspiller.organisations.tests import factories
from tests.support.database import ELSEWHERE

MATRIX = """
action                           leader_here  next_door  without_role  citizen  nobody  system  elsewhere
organisations.view_unit          yes          yes        no            no       no      yes     no
organisations.edit_unit          yes          no         no            no       no      yes     no
organisations.open_unit          yes          no         no            no       no      yes     no
organisations.close_unit         yes          no         no            no       no      yes     no
organisations.edit_post          yes          no         no            no       no      yes     no
organisations.edit_organisation  yes          yes        no            no       no      yes     no
"""


def expectations(matrix):
    heading, *rows = matrix.strip().splitlines()
    roles = heading.split()[1:]
    for row in rows:
        action, *answers = row.split()
        yield from ((action, role, answer == "yes") for role, answer in zip(roles, answers, strict=True))


@pytest.fixture
def unit(here):
    return factories.make_unit("Sone sør")


@pytest.fixture
def actors(here, unit):
    next_door = factories.make_unit("Sone nord")
    return {
        "leader_here": factories.staff(here, *policies.ACTIONS, units=[unit]),
        "next_door": factories.staff(here, *policies.ACTIONS, units=[next_door]),
        "without_role": factories.stranger(here, ActorKind.STAFF),
        "citizen": factories.stranger(here, ActorKind.CITIZEN),
        "nobody": factories.stranger(here),
        "system": factories.system(here),
        "elsewhere": factories.system(ELSEWHERE),
    }


def test_the_table_names_every_action():
    assert {action for action, _, _ in expectations(MATRIX)} == policies.ACTIONS


@pytest.mark.parametrize(("action", "role", "expected"), list(expectations(MATRIX)))
class TestEveryCell:
    def test_the_predicate_answers_by_the_table(self, action, role, expected, unit, actors):
        subject = factories.make_organisation() if action == policies.EDIT_ORGANISATION else unit

        assert policies.may(actors[role], action, subject) is expected

    def test_the_list_of_units_and_the_single_unit_agree(self, action, role, expected, unit, actors):
        for row in Unit.objects.all():
            listed = Unit.objects.filter(policies.units(actors[role], action), id=row.id).exists()

            assert listed is policies.may(actors[role], action, row)

    def test_the_list_of_posts_and_the_single_post_agree(self, action, role, expected, unit, actors):
        post = factories.make_post(unit)

        listed = Post.objects.filter(policies.posts(actors[role], action), id=post.id).exists()

        assert listed is policies.may(actors[role], action, post)

    def test_the_list_of_organisations_and_the_single_one_agree(self, action, role, expected, unit, actors):
        organisation = factories.make_organisation()

        listed = Organisation.objects.filter(policies.organisations(actors[role], action)).exists()

        assert listed is policies.may(actors[role], action, organisation)


def test_only_the_system_opens_units_at_the_top(here, actors):
    allowed = {role for role, actor in actors.items() if policies.may(actor, policies.OPEN_UNIT, None)}

    assert allowed == {"system", "elsewhere"}


def test_somebody_without_a_tenant_may_do_nothing(unit):
    nowhere = factories.system(None)

    assert not policies.may(nowhere, policies.VIEW_UNIT, unit)
    assert not Unit.objects.filter(policies.units(nowhere, policies.VIEW_UNIT)).exists()


def test_a_refusal_says_what_was_refused_and_about_what(unit, actors):
    with pytest.raises(NotAllowed) as refusal:
        policies.ensure(actors["next_door"], policies.EDIT_UNIT, unit)

    assert (refusal.value.action, refusal.value.subject_id) == (policies.EDIT_UNIT, unit.id)


def test_an_unknown_action_raises_instead_of_answering(unit, actors):
    with pytest.raises(policies.UnknownAction):
        policies.may(actors["system"], "organisations.paint_unit", unit)
    with pytest.raises(policies.UnknownAction):
        policies.units(actors["system"], "organisations.paint_unit")
