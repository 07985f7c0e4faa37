"""
Every action × every role. The table below is the specification; the code's table must say the same.

A letter for each role, in the order of the heading; `citizen` and `system` are who else may.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from medspiller.access.domain.actions import ACTIONS, UnknownAction
from medspiller.access.domain.actions import action as action_named
from medspiller.access.domain.actors import Actor, HeldRole, anonymous, system
from medspiller.access.domain.roles import Role
from medspiller.cli.routes import routes
from medspiller.core import ids
from medspiller.core.actors import ActorKind
from tests.support.database import HERE

SPECIFICATION = """
                                   care_worker  carer_contact  children_lead  case_worker  coordinator  leader  strategy_owner  volunteer_coordinator  administrator  organisation_editor  citizen  system
workbench.view_home                yes          yes            yes            yes          yes          yes     yes             yes                    yes            yes                  no       no
workbench.view_administration      no           no             no             no           no           yes     no              no                     yes            no                   no       no
ui.view_components                 yes          yes            yes            yes          yes          yes     yes             yes                    yes            no                   no       no
organisations.view_unit            yes          yes            yes            yes          yes          yes     yes             yes                    yes            no                   no       yes
organisations.edit_unit            no           no             no             no           no           yes     no              no                     yes            no                   no       no
organisations.open_unit            no           no             no             no           no           yes     no              no                     yes            no                   no       yes
organisations.close_unit           no           no             no             no           no           yes     no              no                     yes            no                   no       no
organisations.edit_post            no           no             no             no           no           yes     no              no                     yes            no                   no       yes
organisations.edit_organisation    no           no             no             no           no           yes     no              yes                    yes            no                   no       yes
audit.view_log                     no           no             no             no           no           yes     no              no                     yes            no                   no       no
audit.release_entry                no           no             no             no           no           yes     no              no                     no             no                   no       no
access.administer                  no           no             no             no           no           no      no              no                     yes            no                   no       yes
access.administer_providers        no           no             no             no           no           no      no              no                     yes            no                   no       no
access.view_permissions            no           no             no             no           no           yes     no              no                     yes            no                   no       no
access.mark_reviewed               no           no             no             no           no           yes     no              no                     yes            no                   no       no
access.view_changes                no           no             no             no           no           yes     no              no                     yes            no                   no       no
access.sign_in                     yes          yes            yes            yes          yes          yes     yes             yes                    yes            yes                  yes      no
access.sign_out                    yes          yes            yes            yes          yes          yes     yes             yes                    yes            yes                  yes      no
access.view_own_sessions           yes          yes            yes            yes          yes          yes     yes             yes                    yes            yes                  yes      no
access.end_own_session             yes          yes            yes            yes          yes          yes     yes             yes                    yes            yes                  yes      no
access.manage_own_account          yes          yes            yes            yes          yes          yes     yes             yes                    yes            yes                  no       no
access.confirm_identity            yes          yes            yes            yes          yes          yes     yes             yes                    yes            yes                  yes      no
access.keep_draft                  yes          yes            yes            yes          yes          yes     yes             yes                    yes            yes                  yes      no
access.view_my_page                no           no             no             no           no           no      no              no                     no             no                   yes      no
access.open_saved_link             no           no             no             no           no           no      no              no                     no             no                   no       no
access.save_link                   no           no             no             no           no           no      no              no                     no             no                   no       no
rights.ask_for_carer               yes          yes            yes            yes          yes          yes     no              no                     no             no                   no       no
rights.view_counts                 no           yes            no             no           no           yes     yes             no                     no             no                   no       no
rights.keep_own                    no           no             no             no           no           no      no              no                     no             no                   yes      no
rights.look_after                  no           no             no             no           no           no      no              no                     no             no                   no       yes
people.view_person                 yes          yes            yes            yes          yes          yes     no              no                     no             no                   no       no
people.register_person             yes          yes            yes            yes          yes          yes     no              no                     no             no                   no       yes
people.open_involvement            yes          yes            yes            yes          yes          yes     no              no                     no             no                   no       yes
people.close_involvement           yes          yes            yes            yes          yes          yes     no              no                     no             no                   no       yes
people.edit_person                 yes          yes            yes            yes          yes          yes     no              no                     no             no                   no       yes
people.edit_relation               yes          yes            yes            yes          yes          yes     no              no                     no             no                   no       yes
people.edit_role                   yes          yes            yes            yes          yes          yes     no              no                     no             no                   no       yes
people.inform_person               yes          yes            yes            yes          yes          yes     no              no                     no             no                   no       yes
people.tell_after_follow_up        no           no             no             no           no           yes     no              no                     no             no                   no       no
people.merge_persons               no           yes            no             no           no           yes     no              no                     no             no                   no       yes
people.import_patients             no           yes            no             no           no           yes     no              no                     no             no                   no       no
people.use_emergency_access        yes          yes            yes            yes          yes          yes     no              no                     no             no                   no       no
people.edit_consent                yes          yes            yes            yes          yes          yes     no              no                     no             no                   no       no
people.judge                       yes          yes            yes            yes          yes          yes     no              no                     no             no                   no       no
people.answer_children             yes          yes            yes            yes          yes          yes     no              no                     no             no                   no       no
people.record_statement            yes          yes            yes            yes          yes          yes     no              no                     no             no                   no       no
people.record_told                 yes          yes            yes            yes          yes          yes     no              no                     no             no                   no       no
people.manage_own_consents         no           no             no             no           no           no      no              no                     no             no                   yes      no
people.record_own_statement        no           no             no             no           no           no      no              no                     no             no                   yes      no
people.review_emergency_access     no           no             no             no           no           yes     no              no                     no             no                   no       no
people.view_snooping_report        no           no             no             no           no           yes     no              no                     no             no                   no       no
people.answer_access_question      no           yes            no             no           no           yes     no              no                     no             no                   no       no
worklist.view_items                yes          yes            yes            yes          yes          yes     yes             no                     no             no                   no       no
worklist.take_item                 yes          yes            yes            yes          yes          yes     no              no                     no             no                   no       no
worklist.give_back_for_others      no           no             no             no           no           yes     no              no                     no             no                   no       no
worklist.view_load                 no           yes          no             no           no           yes     no              no                     no             no                   no       no
worklist.put_item                  no           no             no             no           no           no      no              no                     no             no                   no       yes
people.answer_correction           no           yes            no             no           no           yes     no              no                     no             no                   no       no
people.view_own_page               no           no             no             no           no           no      no              no                     no             no                   yes      no
people.edit_own_details            no           no             no             no           no           no      no              no                     no             no                   yes      no
people.read_own_notice             no           no             no             no           no           no      no              no                     no             no                   yes      no
people.take_out_own_data           no           no             no             no           no           no      no              no                     no             no                   yes      no
people.ask_for_correction          no           no             no             no           no           no      no              no                     no             no                   yes      no
people.announce_ages               no           no             no             no           no           no      no              no                     no             no                   no       yes
people.view_own_access_log         no           no             no             no           no           no      no              no                     no             no                   yes      no
messages.send_notice               yes          yes            yes            yes          yes          yes     no              no                     no             no                   no       yes
messages.view_notices              yes          yes            yes            yes          yes          yes     no              no                     no             no                   no       no
messages.decide_notice             yes          yes            yes            yes          yes          yes     no              no                     no             no                   no       no
messages.hand_over_notice          no           no             no             no           no           no      no              no                     no             no                   no       yes
messages.view_own_notices          no           no             no             no           no           no      no              no                     no             no                   yes      no
access.forget_old                  no           no             no             no           no           no      no              no                     no             no                   no       yes
content.publish                    no           yes            no             no           no           yes     yes             no                     no             no                   no       yes
content.retire                     no           yes            no             no           no           yes     yes             no                     no             no                   no       yes
questionnaires.answer              yes          yes            yes            yes          yes          yes     no              no                     no             no                   no       no
questionnaires.read                yes          yes            yes            yes          yes          yes     no              no                     no             no                   no       no
questionnaires.answer_own          no           no             no             no           no           no      no              no                     no             no                   yes      no
questionnaires.move_answers        no           no             no             no           no           no      no              no                     no             no                   no       yes
questionnaires.edit_forms          no           yes            no             no           no           yes     yes             no                     no             no                   no       no
questionnaires.read_tools          yes          yes            yes            yes          yes          yes     yes             yes                    yes            no                   no       no
questionnaires.look_after          no           no             no             no           no           no      no              no                     no             no                   no       yes
catalogue.view_entries             no           yes            yes            no           no           yes     no              yes                    no             yes                  no       no
catalogue.edit_entry               no           yes            yes            no           no           yes     no              yes                    no             no                   no       no
catalogue.edit_own_organisation    no           no             no             no           no           no      no              no                     no             yes                  no       no
catalogue.moderate                 no           yes            no             no           no           yes     no              no                     no             no                   no       no
catalogue.import_entries           no           yes            no             no           no           yes     no              no                     no             no                   no       no
catalogue.report_wrong             no           no             no             no           no           no      no              no                     no             no                   no       no
catalogue.hold_seats               no           no             no             no           no           no      no              no                     no             no                   no       yes
signups.see_participants           no           yes            yes            no           no           yes     no              yes                    no             yes                  no       no
signups.keep_own                   no           no             no             no           no           no      no              no                     no             no                   yes      no
signups.look_after                 no           no             no             no           no           no      no              no                     no             no                   no       yes
enquiries.ask                      no           no             no             no           no           no      no              no                     no             no                   no       no
enquiries.answer                   no           yes            no             no           no           yes     no              no                     no             no                   no       no
enquiries.choose_recipient         no           no             no             no           no           yes     no              no                     no             no                   no       yes
enquiries.look_after               no           no             no             no           no           no      no              no                     no             no                   no       yes
pathways.read                      yes          yes            yes            yes          yes          yes     yes             yes                    yes            no                   no       no
pathways.run                       yes          yes            yes            yes          yes          yes     no              no                     no             no                   no       yes
pathways.view_run                  yes          yes            yes            yes          yes          yes     no              no                     no             no                   yes      yes
pathways.look_after                no           no             no             no           no           no      no              no                     no             no                   no       yes
followup.read_file                 yes          yes            yes            yes          yes          yes     no              no                     no             no                   no       no
followup.keep_file                 yes          yes            yes            yes          yes          yes     no              no                     no             no                   no       no
followup.hold_plan                 yes          yes            yes            yes          yes          yes     no              no                     no             no                   no       no
followup.hand_over_for_others      no           no             no             no           no           yes     no              no                     no             no                   no       no
followup.record_absence            yes          yes            yes            yes          yes          yes     no              no                     no             no                   no       no
followup.record_absence_for_others no           no             no             no           no           yes     no              no                     no             no                   no       no
followup.view_load                 no           yes            no             no           no           yes     no              no                     no             no                   no       no
followup.see_children_overview     no           no             yes            no           no           yes     no              no                     no             no                   no       no
followup.read_own_file             no           no             no             no           no           no      no              no                     no             no                   yes      no
followup.answer_own                no           no             no             no           no           no      no              no                     no             no                   yes      no
followup.look_after                no           no             no             no           no           no      no              no                     no             no                   no       yes
strategy.read                      yes          yes            yes            yes          yes          yes     yes             yes                    yes            no                   no       yes
strategy.edit                      no           no             no             no           no           yes     yes             no                     no             no                   no       yes
strategy.import                    no           no             no             no           no           yes     yes             no                     no             no                   no       yes
strategy.adopt                     no           no             no             no           no           no      yes             no                     no             no                   no       yes
strategy.report                    no           yes            yes            no           no           yes     yes             no                     no             no                   no       yes
strategy.assess                    no           yes            yes            no           no           yes     yes             no                     no             no                   no       yes
strategy.look_after                no           no             no             no           no           no      no              no                     no             no                   no       yes
statistics.view                    no           yes            yes            no           no           yes     yes             no                     no             no                   no       yes
catalogue.look_after               no           no             no             no           no           no      no              no                     no             no                   no       yes
"""  # fmt: skip  # noqa: E501 - a table

# What jobs and commands may do, and nothing else. A new name here is a decision, not a slip.
OF_THE_SYSTEM = {
    "access.administer",
    "access.forget_old",
    "catalogue.hold_seats",
    "catalogue.look_after",
    "pathways.look_after",
    "pathways.run",
    "pathways.view_run",
    "followup.look_after",
    "signups.look_after",
    "enquiries.choose_recipient",
    "enquiries.look_after",
    "content.publish",
    "content.retire",
    "organisations.edit_organisation",
    "organisations.edit_post",
    "organisations.open_unit",
    "organisations.view_unit",
    "messages.hand_over_notice",
    "messages.send_notice",
    "people.announce_ages",
    "people.edit_person",
    "people.edit_relation",
    "people.edit_role",
    "people.inform_person",
    "people.merge_persons",
    "people.open_involvement",
    "people.close_involvement",
    "people.register_person",
    "questionnaires.look_after",
    "questionnaires.move_answers",
    "rights.look_after",
    "statistics.view",
    "strategy.adopt",
    "strategy.assess",
    "strategy.edit",
    "strategy.import",
    "strategy.look_after",
    "strategy.read",
    "strategy.report",
    "worklist.put_item",
}
# Actions that no route and no service asks about yet, and what they wait for.
NOT_ASKED_YET = {
    "access.sign_in": "names refused sign-ins in the access log",
    "access.sign_out": "signing out is for everybody",
}

SOURCE = Path(__file__).resolve().parents[2] / "src/medspiller"
UNIT = ids.new_id()
_HEADING, *_LINES = SPECIFICATION.strip().splitlines()
WHO = _HEADING.split()
TABLE = {line.split()[0]: dict(zip(WHO, line.split()[1:], strict=True)) for line in _LINES}


def actor(who: str) -> Actor:
    """Return somebody who holds one role for one unit, or is a citizen, or a job."""
    if who == "system":
        return system(HERE)
    if who == "citizen":
        return Actor(id=ids.new_id(), kind=ActorKind.CITIZEN, tenant_id=HERE)
    roles = (HeldRole(role=Role(who), unit_id=UNIT),)
    return Actor(id=ids.new_id(), kind=ActorKind.STAFF, tenant_id=HERE, roles=roles, unit_id=UNIT, expand=frozenset)


def cases() -> Iterator[tuple[str, str, bool]]:
    for action, row in TABLE.items():
        for who, answer in row.items():
            yield action, who, {"yes": True, "no": False}[answer]


def test_the_table_has_every_role_and_every_action():
    assert set(WHO) == {*(role.value for role in Role), "citizen", "system"}
    assert set(TABLE) == set(ACTIONS)


@pytest.mark.parametrize(("action", "who", "may"), list(cases()))
def test_who_may_do_what(action, who, may):
    assert actor(who).may(action) is may


@pytest.mark.parametrize("action", TABLE)
class TestOf:
    def test_a_role_holds_for_its_unit_and_no_other(self, action):
        for role in Role:
            somebody, held = actor(role.value), TABLE[action][role.value] == "yes"

            assert somebody.may(action, unit_id=UNIT) is held
            assert not somebody.may(action, unit_id=ids.new_id())
            assert somebody.units_with(action) == (frozenset({UNIT}) if held else frozenset())

    def test_nobody_may_who_is_not_signed_in_or_has_no_role(self, action):
        without_role = Actor(id=ids.new_id(), kind=ActorKind.STAFF, tenant_id=HERE)

        assert not anonymous(HERE).may(action)
        assert not without_role.may(action)

    def test_a_role_gives_a_citizen_nothing(self, action):
        roles = tuple(HeldRole(role=role, unit_id=UNIT) for role in Role)
        citizen = Actor(id=ids.new_id(), kind=ActorKind.CITIZEN, tenant_id=HERE, roles=roles)

        assert citizen.may(action) is (TABLE[action]["citizen"] == "yes")
        assert citizen.units_with(action) == frozenset()


def test_the_systems_list_is_short_and_exact():
    assert {name for name in ACTIONS if system(HERE).may(name)} == OF_THE_SYSTEM


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("unknown", ["", "people.view", "people.view_person ", "PEOPLE.VIEW_PERSON", "*"])
def test_an_unknown_action_is_a_fault_and_no_refusal(who, unknown):
    with pytest.raises(UnknownAction):
        actor(who).may(unknown)
    with pytest.raises(UnknownAction):
        actor(who).units_with(unknown)
    with pytest.raises(UnknownAction):
        action_named(unknown)


# --- What the code asks about ---------------------------------------------------------------

_ASKING = {"requires", "may", "ensure", "ensure_units", "units_with", "ensure_may"}
_LOOKS_LIKE_ONE = re.compile(r"[a-z]+\.[a-z_]+")


def asked_in(source: str) -> set[str]:
    """Return the names of actions that a module asks about, written there or given a name at its top."""
    tree = ast.parse(source)
    constants = {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    found = {value for value in constants.values() if value in ACTIONS}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if called not in _ASKING:
            continue
        for argument in node.args:
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                found.add(argument.value)
    return {name for name in found if _LOOKS_LIKE_ONE.fullmatch(name)}


def modules() -> Iterator[Path]:
    yield from (path for path in sorted(SOURCE.rglob("*.py")) if "tests" not in path.parts)


def test_whatever_the_code_asks_about_is_in_the_table():
    asked = {str(path.relative_to(SOURCE)): asked_in(path.read_text()) - set(ACTIONS) for path in modules()}

    assert {path: names for path, names in asked.items() if names} == {}


def test_every_route_asks_about_an_action_in_the_table():
    asked = {route["action"] for route in routes() if route["access"] != "public"}

    assert asked <= set(TABLE)
    assert asked


def test_every_action_in_the_table_is_asked_about():
    asked = {name for path in modules() for name in asked_in(path.read_text())}

    assert set(ACTIONS) - asked == set(NOT_ASKED_YET)


class TestTheChecksThemselves:
    def test_an_action_that_nobody_knows_would_be_caught(self):
        planted = 'LOOK = "people.view_person"\n\ndef view(actor):\n    ensure(actor, "people.peek")\n'

        assert asked_in(planted) == {"people.view_person", "people.peek"}

    def test_a_role_too_many_would_be_caught(self):
        assert ("people.view_person", "administrator", False) in list(cases())
