"""What has changed about a person, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from medspiller.core.versions import Version
from medspiller.people.domain.contacts import Channel, ContactSystem, Gender, NameUse
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.domain.persons import ProtectedAddress
from medspiller.people.domain.relations import INVERSE, RelationKind
from medspiller.people.domain.roles import Role
from medspiller.people.web.family_wording import (
    CHANNELS,
    END_REASONS,
    GENDERS,
    GRADES,
    NAME_USES,
    RELATIONS,
    SYSTEMS,
    role_name,
    spoken,
)
from medspiller.people.web.wording import BASES
from medspiller.ui.components.formats import day, moment

KINDS: Mapping[str, Promise] = {
    "person": gettext_lazy("The person"),
    "name": gettext_lazy("Other name"),
    "contact": gettext_lazy("How to reach them"),
    "relation": gettext_lazy("Relation"),
    "role": gettext_lazy("Role"),
    "involvement": gettext_lazy("Unit that follows up"),
}
FIELDS: Mapping[str, Promise] = {
    "given_name": gettext_lazy("Given name"),
    "family_name": gettext_lazy("Family name"),
    "birth_date": gettext_lazy("Date of birth"),
    "died_on": gettext_lazy("Date of death"),
    "protected_address": gettext_lazy("Protected address"),
    "gender": gettext_lazy("Gender, as the person says"),
    "language": gettext_lazy("Language the person wants to speak"),
    "needs_interpreter": gettext_lazy("Needs an interpreter"),
    "preferred_channel": gettext_lazy("Wants to be reached by"),
    "best_time": gettext_lazy("When it suits best"),
    "wants_notices": gettext_lazy("Wants reminders and notices from us"),
    "use": gettext_lazy("What kind of name"),
    "valid_from": gettext_lazy("From"),
    "valid_to": gettext_lazy("Ended from"),
    "system": gettext_lazy("What is it?"),
    "own": gettext_lazy("It is the person's own"),
    "safe_to_call": gettext_lazy("Safe to call"),
    "safe_to_leave_message": gettext_lazy("Safe to leave a message"),
    "safe_for_notices": gettext_lazy("Safe for reminders and notices"),
    "note": gettext_lazy("Good to know"),
    "rank": gettext_lazy("Try it as number"),
    "kind": gettext_lazy("Relation"),
    "cohabiting": gettext_lazy("Do they live together?"),
    "role": gettext_lazy("Role"),
    "named_by_patient": gettext_lazy("The patient has named this person"),
    "basis": gettext_lazy("What it is based on"),
    "covers_personal": gettext_lazy("Covers personal matters"),
    "end_reason": gettext_lazy("Why it ended"),
    "starts_at": gettext_lazy("From"),
    "ends_at": gettext_lazy("Ended from"),
}


@dataclass(frozen=True, slots=True)
class Detail:
    """One field of a change: its name, what it became and what it was."""

    name: str
    now: str
    before: str


@dataclass(frozen=True, slots=True)
class Line:
    """One change: `state` is new, gone or empty."""

    at: datetime
    kind: str
    state: str
    details: tuple[Detail, ...]


def history_lines(changes: Sequence[Version], *, person_id: UUID) -> list[Line]:
    """Return changes in words; those that changed nothing one can see are left out."""
    lines = []
    for each in changes:
        names = [name for name in each.changed if name in FIELDS]
        details = tuple(
            Detail(
                name=str(FIELDS[name]),
                now=_words(each, name, each.now, person_id),
                before=_words(each, name, each.before, person_id),
            )
            for name in names
        )
        if details:
            state = {"insert": _("new"), "delete": _("removed")}.get(each.label, "")
            lines.append(Line(at=each.at, kind=str(KINDS[each.kind]), state=state, details=details))
    return lines


def _words(change: Version, name: str, row: Mapping[str, Any], person_id: UUID) -> str:
    value = row.get(name)
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if name in ("starts_at", "ends_at"):
        return moment(datetime.fromisoformat(value))
    if name in ("birth_date", "died_on", "valid_from", "valid_to"):
        return day(date.fromisoformat(value))
    return _code_in_words(change.kind, name, str(value), row, person_id)


def _code_in_words(kind: str, name: str, value: str, row: Mapping[str, Any], person_id: UUID) -> str:
    if kind == "relation" and name == "kind":
        stored = RelationKind(value)
        return str(RELATIONS[stored if str(row.get("person_id")) == str(person_id) else INVERSE[stored]])
    if kind == "role" and name == "role":
        return role_name(Role(value))
    if kind == "involvement" and name == "basis":
        return str(BASES[InvolvementBasis(value)])
    if name == "language":
        return spoken(value)
    words: Mapping[str, Mapping[Any, Promise]] = {
        "protected_address": {each.value: GRADES[each] for each in ProtectedAddress},
        "gender": {each.value: GENDERS[each] for each in Gender},
        "preferred_channel": {each.value: CHANNELS[each] for each in Channel},
        "use": {each.value: NAME_USES[each] for each in NameUse},
        "system": {each.value: SYSTEMS[each] for each in ContactSystem},
        "end_reason": END_REASONS,
    }
    return str(words.get(name, {}).get(value, value))
