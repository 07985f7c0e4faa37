"""The page of a person and the list of them, for staff with a need to know."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from medspiller.access.declare import requires
from medspiller.core import clock
from medspiller.people import selectors, services
from medspiller.people.domain.contacts import ContactSystem, as_said
from medspiller.people.domain.emergency import AlreadyEnded
from medspiller.people.domain.informing import How
from medspiller.people.domain.persons import ProtectedAddress, age_on
from medspiller.people.selectors import Near, SeenContact, SeenPerson, SeenRelation, SeenRole
from medspiller.people.web.acting import acting, table_file
from medspiller.people.web.family_wording import (
    CHANNELS,
    GRADES,
    HOWS,
    NAME_USES,
    RELATIONS,
    SYSTEMS,
    role_name,
    spoken,
)
from medspiller.people.web.own_page import age_changes
from medspiller.people.web.person_sections import sections
from medspiller.people.web.searching import SearchForm
from medspiller.people.web.telling import Said, said_of_each
from medspiller.people.web.wording import BASES
from medspiller.ui import navigation
from medspiller.ui.components.formats import iso
from medspiller.ui.components.tables import SORT_PARAMETER, Column, sorting
from medspiller.ui.navigation import Place
from medspiller.ui.paging import PER_PAGE, page_from, page_number

# A file is read in parts, and has the list's end.
EXPORTED = 500


@dataclass(frozen=True, slots=True)
class Card:
    """Somebody around the person, in words. `said` is what they may be told, where that is known."""

    near: Near
    relations: tuple[tuple[str, SeenRelation], ...]
    roles: tuple[tuple[str, SeenRole], ...]
    earlier_roles: tuple[tuple[str, SeenRole], ...]
    roles_towards: tuple[tuple[str, SeenRole], ...]
    contacts: tuple["ContactLine", ...]
    language: str
    said: Said | None = None

    @property
    def relation_id(self) -> UUID:
        """The relation that a role is given on: the one that holds, else the last."""
        _words, relation = next((each for each in self.relations if each[1].live), self.relations[-1])
        return relation.id


@dataclass(frozen=True, slots=True)
class ContactLine:
    """A way to reach somebody, in words."""

    contact: SeenContact
    system: str
    value: str
    href: str
    warnings: tuple[str, ...]


@requires("people.view_person")
def person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Show a person, who is around them, and why the actor may see them; 404 for anybody they have no need to know."""
    return render(request, "people/person.html", _page(request, person_id))


@requires("people.view_person")
def person_print(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Show the same on paper, without what those around have said of themselves: a paper goes from hand to hand."""
    shown = {**_page(request, person_id), "shared": [], "printed_at": clock.now(), "printed_by": acting(request).name}
    return render(request, "people/person_print.html", shown)


def _page(request: HttpRequest, person_id: UUID) -> dict[str, Any]:
    page = selectors.person_page(actor=acting(request), person_id=person_id)
    seen = page.family
    emergency, ground = seen.emergency, seen.answer.involvement
    told = said_of_each(page.tellings)
    cards = [_card(each, told.get(each.person_id)) for each in seen.near]
    return {
        "person": seen,
        "elsewhere": navigation.entries_about(request, person_id, own_sake=seen.own is not None),
        "of_children": navigation.entries_of(request, Place.CHILDREN_OF_PERSON, person_id),
        "may_merge": bool(acting(request).units_with("people.merge_persons")),
        "age": age_on(seen.birth_date, seen.died_on or clock.today()) if seen.birth_date else None,
        "protected": seen.protected_address is not ProtectedAddress.NONE,
        "language": spoken(seen.own.language) if seen.own and seen.own.language else "",
        "channel": CHANNELS[seen.own.preferred_channel] if seen.own and seen.own.preferred_channel else "",
        **age_changes(acting(request), seen),
        "names": [(NAME_USES[each.use], each) for each in seen.names],
        "contacts": [_contact(each) for each in seen.contacts],
        "cards": [each for each in cards if each.near.live],
        "earlier": [each for each in cards if not each.near.live],
        "how": HOWS[How(seen.informing.how)] if seen.informing and seen.informing.how else "",
        "units": [(each, BASES[each.basis]) for each in seen.units],
        "unit_columns": [_("Unit"), _("Why"), _("Since")],
        "ground": ground,
        "ground_words": BASES[ground.basis] if ground else "",
        "emergency": emergency,
        "left": _left(emergency.ends_at - clock.now()) if emergency else "",
        **sections(page),
    }


@requires("people.view_person")
def person_list(request: HttpRequest) -> HttpResponse:
    """Show the persons whom the actor's units have to do with, by name unless another column is chosen."""
    sorted_by = _sorted_by(request)
    found = selectors.persons(
        actor=acting(request), page=page_number(request), size=PER_PAGE, order=_order_of(sorted_by)
    )
    shown = {
        "page": page_from(found.persons, number=found.page, count=found.count),
        "lines": [_line(each) for each in found.persons],
        "is_counted_out": found.is_counted_out,
        "columns": [Column(words, sort=sort) for words, sort in zip(_columns(), _SORTED_COLUMNS, strict=True)],
        "sorted_by": sorted_by,
        "csv_href": f"{reverse('people:person_list_csv')}?{urlencode({SORT_PARAMETER: sorted_by})}",
        "search_form": SearchForm(),
    }
    shown["may_import"] = bool(acting(request).units_with("people.import_patients"))
    return render(request, "people/person_list.html", shown)


@requires("people.view_person")
def person_list_csv(request: HttpRequest) -> HttpResponse:
    """Give the same persons as a file, each of them in the log; how they are reached is not in it."""
    actor, order = acting(request), _order_of(_sorted_by(request))
    found = selectors.persons(actor=actor, size=EXPORTED, order=order)
    lines = [_line(each) for each in found.persons]
    for number in range(2, -(-found.count // EXPORTED) + 1):
        more = selectors.persons(actor=actor, page=number, size=EXPORTED, order=order)
        lines += [_line(each) for each in more.persons]
    # Translators: the name of a file, in small letters without spaces or accents.
    name = _("persons-%(day)s.csv") % {"day": clock.today().isoformat()}
    rows = [(line.seen.name, iso(line.seen.birth_date), line.grade, line.why) for line in lines]
    return table_file([str(each) for each in _columns()], rows, name=name)


@dataclass(frozen=True, slots=True)
class Line:
    """One person of a list, in words."""

    seen: SeenPerson
    grade: str
    why: str


def _line(seen: SeenPerson) -> Line:
    ground = seen.answer.involvement
    protected = seen.protected_address is not ProtectedAddress.NONE
    return Line(
        seen=seen,
        grade=str(GRADES[seen.protected_address]) if protected else "",
        why=str(BASES[ground.basis]) if ground else _("Emergency access"),
    )


# How an address names what the list is sorted by.
_SORTS = {"navn": "name", "fodt": "born"}
_SORTED_COLUMNS = ("navn", "fodt", "", "")


def _sorted_by(request: HttpRequest) -> str:
    return sorting(request.GET, allowed=_SORTS, default="navn")


def _order_of(sorted_by: str) -> str:
    falling = "-" if sorted_by.startswith("-") else ""
    return f"{falling}{_SORTS[sorted_by.removeprefix('-')]}"


def _columns() -> list[str]:
    return [_("Name"), _("Date of birth"), _("Protected address"), _("Why")]


def _card(near: Near, said: Said | None) -> Card:
    roles = tuple((role_name(each.role), each) for each in near.roles)
    return Card(
        near=near,
        relations=tuple((str(RELATIONS[each.kind]), each) for each in near.relations),
        roles=tuple(each for each in roles if each[1].live),
        earlier_roles=tuple(each for each in roles if not each[1].live),
        roles_towards=tuple((role_name(each.role), each) for each in near.roles_towards if each.live),
        contacts=tuple(_contact(each) for each in near.contacts),
        language=spoken(near.own.language) if near.own and near.own.language else "",
        said=said,
    )


def _contact(contact: SeenContact) -> ContactLine:
    scheme = {ContactSystem.PHONE: "tel:", ContactSystem.EMAIL: "mailto:"}.get(contact.system, "")
    warnings = []
    if not contact.own:
        warnings.append(_("Somebody else's"))
    if contact.system is ContactSystem.PHONE and contact.safe_to_call is False:
        warnings.append(_("Not safe to call"))
    if contact.system is ContactSystem.PHONE and contact.safe_to_leave_message is not True:
        asked = contact.safe_to_leave_message is not None
        warnings.append(
            _("Leave no message") if asked else _("Do not leave a message: nobody has asked whether it is safe")
        )
    if contact.safe_for_notices is True:
        warnings.append(_("Reminders may be sent here"))
    return ContactLine(
        contact=contact,
        system=str(SYSTEMS[contact.system]),
        value=as_said(contact.system, contact.value),
        href=f"{scheme}{contact.value}" if scheme else "",
        warnings=tuple(warnings),
    )


@requires("people.use_emergency_access", methods=("POST",))
def end_emergency(request: HttpRequest, emergency_access_id: UUID) -> HttpResponse:
    """End the actor's own emergency access before its time."""
    try:
        services.end_emergency_access(actor=acting(request), emergency_access_id=emergency_access_id)
    except AlreadyEnded:
        messages.info(request, _("The emergency access had ended already."))
    else:
        messages.success(request, _("You have ended the emergency access."))
    return redirect("people:emergency")


def _left(rest: timedelta) -> str:
    """How long is left, rounded up to whole minutes, so that it never says none while there is some."""
    minutes = max(1, -(-int(rest.total_seconds()) // 60))
    hours, minutes = divmod(minutes, 60)
    in_hours = ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    in_minutes = ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    if not hours:
        return in_minutes
    if not minutes:
        return in_hours
    return _("%(hours)s and %(minutes)s") % {"hours": in_hours, "minutes": in_minutes}
