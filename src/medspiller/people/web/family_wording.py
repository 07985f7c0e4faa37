"""What persons are to each other, how they are reached, and what is wrong with what was typed, in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from medspiller.people.domain.contacts import Channel, ContactSystem, Gender, NameUse, language_name
from medspiller.people.domain.informing import How
from medspiller.people.domain.persons import ProtectedAddress
from medspiller.people.domain.relations import RelationKind
from medspiller.people.domain.roles import FACTS, Role

# What the other is to the person.
RELATIONS: Mapping[RelationKind, Promise] = {
    RelationKind.SPOUSE: _("Spouse"),
    RelationKind.REGISTERED_PARTNER: _("Registered partner"),
    RelationKind.COHABITANT: _("Cohabitant"),
    RelationKind.FORMER_SPOUSE: _("Former spouse"),
    RelationKind.FORMER_COHABITANT: _("Former cohabitant"),
    RelationKind.PARENT: _("Parent"),
    RelationKind.CHILD: _("Child"),
    RelationKind.SIBLING: _("Brother or sister"),
    RelationKind.GRANDPARENT: _("Grandparent"),
    RelationKind.GRANDCHILD: _("Grandchild"),
    RelationKind.STEP_PARENT: _("Step-parent"),
    RelationKind.STEP_CHILD: _("Stepchild"),
    RelationKind.FOSTER_PARENT: _("Foster parent"),
    RelationKind.FOSTER_CHILD: _("Foster child"),
    RelationKind.STEP_SIBLING: _("Stepbrother or stepsister"),
    RelationKind.FOSTER_SIBLING: _("Foster brother or sister"),
    RelationKind.PARENT_IN_LAW: _("Parent-in-law"),
    RelationKind.CHILD_IN_LAW: _("Son- or daughter-in-law"),
    RelationKind.SIBLING_IN_LAW: _("Brother- or sister-in-law"),
    RelationKind.OTHER_FAMILY: _("Other family"),
    RelationKind.FRIEND: _("Friend"),
    RelationKind.NEIGHBOUR: _("Neighbour"),
    RelationKind.OTHER: _("Somebody else"),
}
SYSTEMS: Mapping[ContactSystem, Promise] = {
    ContactSystem.PHONE: _("Phone"),
    ContactSystem.EMAIL: _("E-mail"),
    ContactSystem.ADDRESS: _("Address"),
}
CHANNELS: Mapping[Channel, Promise] = {
    Channel.PHONE: _("A phone call"),
    Channel.SMS: _("A text message"),
    Channel.EMAIL: _("E-mail"),
    Channel.LETTER: _("A letter"),
    Channel.MEETING: _("A meeting"),
}
GENDERS: Mapping[Gender, Promise] = {
    Gender.WOMAN: _("Woman"),
    Gender.MAN: _("Man"),
    Gender.OTHER: _("Something else"),
}
NAME_USES: Mapping[NameUse, Promise] = {
    NameUse.OFFICIAL: _("Full name in the population register"),
    NameUse.FORMER: _("Former name"),
    NameUse.NICKNAME: _("Called"),
}
HOWS: Mapping[How, Promise] = {
    How.TALK: _("In a talk"),
    How.LETTER: _("By letter"),
    How.MESSAGE: _("By a message"),
    How.MY_PAGE: _("On their own page"),
}
GRADES: Mapping[ProtectedAddress, Promise] = {
    ProtectedAddress.NONE: _("Not protected"),
    ProtectedAddress.CONFIDENTIAL: _("Protected address"),
    ProtectedAddress.STRICT: _("Strictly protected address"),
}
END_REASONS: Mapping[str, Promise] = {
    "patient_named": _("The patient has named somebody"),
    "relation_ended": _("They no longer have this relation to each other"),
}
# What is wrong, by the code of the domain. A code that means different things in two places has its place before it.
PROBLEMS: Mapping[str, Promise] = {
    "missing": _("Fill this in to go on."),
    "name": _("Write the name with letters only, and not too long."),
    "not_a_birth_date": _("Write a possible birth date: not before 1890, and not in the future."),
    "after_death": _("This is after the person died."),
    "outside_family": _("Then a child would be older than its parent. Check this date, or the relation."),
    "not_a_person_number": _("This is not a national identity number: a digit is wrong or missing."),
    "has_another": _("Another number is registered for this person."),
    "not_a_language": _("Write a language that we know."),
    "too_long": _("Make it shorter."),
    "not_theirs": _("Only the person, or a unit that follows them up, can say so."),
    "too_short": _("Write a whole sentence that somebody else can understand."),
    "not_a_day": _("Write a day that has passed: not before 1890, and not in the future."),
    "not_after_start": _("The end must be after the beginning."),
    "not_phone": _("Write a phone number. If it is not Norwegian, begin with + and the country code."),
    "not_email": _("Write an e-mail address, like name@example.org."),
    "not_address": _("Write the address in letters and digits."),
    "not_a_rank": _("Choose a number from 1 to 9."),
    "not_own": _("Notices are sent only to the person's own phone or e-mail."),
    "not_by_post": _("Notices are not sent by post."),
    "oneself": _("Nobody can have this relation to themselves."),
    "child_older_than_parent": _("Then a child would be older than its parent. Check relation and birth dates."),
    "before_birth": _("This is before both were born."),
    "both_ways": _("It is registered the other way round. Check which of them is which."),
    "roles_outside": _("Roles depend on this. End them first, or choose another day."),
    "not_named": _("Only the patient can give this role. Confirm that the patient has named this person."),
    "mandate_missing": _("Write which decision or paper it is based on, and from when."),
    "outside_relation": _("This is outside the time they have this relation to each other."),
    "not_that_kin": _("Somebody with this relation cannot have this role."),
    "patient_has_named": _("The patient has named somebody. Then nobody else is nearest by law."),
    "has_the_other": _("The person is registered with the opposite role. End that one first."),
    "patient_alive": _("This role is for when the patient has died."),
    "patient_dead": _("The patient is dead, and the role cannot begin after that."),
    "before_death": _("This is before the patient died."),
    "carer_dead": _("The person is dead."),
    "patient_too_old": _("The patient is 18 or older. Nobody has this role any more."),
    "holder_too_old": _("The person is too old for this role."),
    "holder_too_young": _("The person must be 18 for this role."),
    "already_dead": _("Another day of death is registered."),
    "another_kind": _("End this one, and add the other."),
}  # fmt: skip


def problem(code: str) -> str:
    """Return what is wrong in words."""
    return str(PROBLEMS[code])


def role_name(role: Role) -> str:
    """Return what a role is called in the language of the page."""
    return FACTS[role].name.in_language(get_language() or "nb")


def role_gained(role: Role) -> str:
    """Return how somebody gets a role, in the language of the page."""
    return FACTS[role].gained.in_language(get_language() or "nb")


def spoken(tag: str) -> str:
    """Return what a language is called in the language of the page; the tag itself if nobody has told us."""
    return language_name(tag, in_language=(get_language() or "nb").split("-")[0]) or tag
