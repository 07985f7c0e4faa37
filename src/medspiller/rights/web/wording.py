"""The words for what rules and findings call by names."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from medspiller.rights.domain.grouping import Group
from medspiller.rights.domain.known_facts import FactKind, KnownFact
from medspiller.rights.domain.outcomes import Outcome
from medspiller.rights.domain.parameters import Absent, Certainty
from medspiller.rights.domain.rights import DecidedBy, RightKind
from medspiller.rights.domain.typed import Fault, Misread
from medspiller.ui.components.formats import number

GROUPS: Mapping[Group, Promise] = {
    Group.YES: gettext_lazy("You may be entitled to this"),
    Group.MAYBE: gettext_lazy("Perhaps – we do not know enough yet"),
    Group.WEIGHED: gettext_lazy("Somebody has to assess this"),
    Group.NOT_READ: gettext_lazy("We cannot answer this"),
    Group.NO: gettext_lazy("Not as it is now"),
    Group.NOT_LAW: gettext_lazy("Not the law on that day"),
}
ABOUT_GROUPS: Mapping[Group, Promise] = {
    Group.YES: gettext_lazy("From what you have answered, the conditions are met. Whoever decides has the last word."),
    Group.MAYBE: gettext_lazy("More answers from you can settle these."),
    Group.WEIGHED: gettext_lazy(
        "The law gives no clear yes or no here. Whoever decides looks at the whole situation. You can always apply, "
        "and get a reason if they refuse."
    ),
    Group.NOT_READ: gettext_lazy("The rules or figures of that day have not been read. Ask whoever decides."),
    Group.NO: gettext_lazy("Each says why, and what would change it."),
    Group.NOT_LAW: gettext_lazy("The rule did not apply on the day you ask about."),
}
ANSWER_TAGS: Mapping[Group, tuple[Promise, str]] = {
    Group.YES: (gettext_lazy("May be entitled"), "success"),
    Group.MAYBE: (gettext_lazy("Not known yet"), "info"),
    Group.WEIGHED: (gettext_lazy("Is assessed"), "warning"),
    Group.NOT_READ: (gettext_lazy("No answer"), "neutral"),
    Group.NO: (gettext_lazy("Not as it is now"), "neutral"),
    Group.NOT_LAW: (gettext_lazy("Not the law that day"), "neutral"),
}
DECIDES: Mapping[DecidedBy, Promise] = {
    DecidedBy.EMPLOYER: gettext_lazy("Your employer"),
    DecidedBy.NAV: gettext_lazy("Nav"),
    DecidedBy.MUNICIPALITY: gettext_lazy("The municipality"),
    DecidedBy.HEALTH_TRUST: gettext_lazy("The health trust"),
}
KINDS: Mapping[RightKind, Promise] = {
    RightKind.LEAVE: gettext_lazy("Leave from work"),
    RightKind.MONEY: gettext_lazy("Money"),
    RightKind.SERVICE: gettext_lazy("Service"),
    RightKind.REFUND: gettext_lazy("Refund of expenses"),
    RightKind.PENSION: gettext_lazy("Pension"),
    RightKind.ADVICE: gettext_lazy("Advice"),
}
OUTCOMES: Mapping[Outcome, Promise] = {
    Outcome.GOT: gettext_lazy("Got it"),
    Outcome.REFUSED: gettext_lazy("Was refused"),
    Outcome.NOT_APPLIED: gettext_lazy("Have not applied"),
    Outcome.WAITING: gettext_lazy("Waiting for an answer"),
}
CERTAINTIES: Mapping[Certainty, Promise] = {
    Certainty.LAW: gettext_lazy("read in the law"),
    Certainty.NAV: gettext_lazy("from Nav"),
    Certainty.PAGE: gettext_lazy("from another public page"),
    Certainty.UNVERIFIED: gettext_lazy("not verified"),
}
ABSENT: Mapping[Absent, Promise] = {
    Absent.UNKNOWN: gettext_lazy("not known for this day"),
    Absent.NOT_YET: gettext_lazy("did not exist yet"),
    Absent.ABOLISHED: gettext_lazy("abolished"),
}
HEADS: Mapping[str, Promise] = {
    "carer": pgettext_lazy("whose answers", "You"),
    "children": gettext_lazy("The children"),
    "recipient": gettext_lazy("The one you care for"),
    "care": gettext_lazy("What you do"),
}
_SUFFIXES: Mapping[FactKind, Promise] = {
    FactKind.MONEY: gettext_lazy("kroner"),
    FactKind.HOURS: gettext_lazy("hours"),
    FactKind.PERCENT: gettext_lazy("per cent"),
}


def _noted(text: Promise) -> Callable[[Decimal | int], str]:
    return lambda value: str(text) % {"count": number(value)}


def _share(value: Decimal | int) -> str:
    return _("%(count)s per cent") % {"count": number(Decimal(value) * 100)}


def _kroner(value: Decimal | int) -> str:
    """Øre are two figures or none."""
    is_whole = Decimal(value) == int(value)
    return _("%(count)s kroner") % {"count": number(value, 0 if is_whole else 2)}


_UNITS: Mapping[str, Callable[[Decimal | int], str]] = {
    "days": lambda value: ngettext("%(count)s day", "%(count)s days", _plural(value)) % {"count": number(value)},
    "weeks": lambda value: ngettext("%(count)s week", "%(count)s weeks", _plural(value)) % {"count": number(value)},
    "months": lambda value: ngettext("%(count)s month", "%(count)s months", _plural(value)) % {"count": number(value)},
    "years": lambda value: ngettext("%(count)s year", "%(count)s years", _plural(value)) % {"count": number(value)},
    "hours": lambda value: ngettext("%(count)s hour", "%(count)s hours", _plural(value)) % {"count": number(value)},
    "times": lambda value: ngettext("%(count)s time", "%(count)s times", _plural(value)) % {"count": number(value)},
    "children": lambda value: (
        ngettext("%(count)s child", "%(count)s children", _plural(value)) % {"count": number(value)}
    ),
    "parents": lambda value: (
        ngettext("%(count)s parent", "%(count)s parents", _plural(value)) % {"count": number(value)}
    ),
    "points": lambda value: ngettext("%(count)s point", "%(count)s points", _plural(value)) % {"count": number(value)},
    "kroner": _kroner,
    "nok": _kroner,
    "g": _noted(gettext_lazy("%(count)s times the base amount (G)")),
    "percent": _noted(gettext_lazy("%(count)s per cent")),
    "share": _share,
}
_PER: Mapping[str, Promise] = {
    "hour": gettext_lazy("%(amount)s per hour"),
    "day": gettext_lazy("%(amount)s per day"),
    "night": gettext_lazy("%(amount)s per night"),
    "week": gettext_lazy("%(amount)s per week"),
    "month": gettext_lazy("%(amount)s per month"),
    "year": gettext_lazy("%(amount)s per year"),
    "km": gettext_lazy("%(amount)s per kilometre"),
}


def amount_in(unit: str, value: Decimal | int) -> str:
    """Return a figure with its unit: 10 dager for `days`, 284 kroner per dag for `kroner/day`."""
    what, _slash, per = unit.casefold().partition("/")
    say = _UNITS.get(what)
    shown = say(value) if say else number(value)
    return str(_PER[per]) % {"amount": shown} if per in _PER else shown


def suffix_of(known: KnownFact) -> str:
    """Return what stands behind the field of a number."""
    return str(_SUFFIXES.get(known.kind, ""))


def problem_of(misread: Misread) -> str:
    """Return in one line what is wrong with what was typed, and how to put it right."""
    spans = {"least": number(misread.least), "most": number(misread.most)}
    years = {"least": misread.least, "most": misread.most}
    return {
        Fault.NEGATIVE: lambda: _("Write a number from %(least)s to %(most)s, without minus.") % spans,
        Fault.NO_NUMBER: lambda: _("Write a number with figures, from %(least)s to %(most)s.") % spans,
        Fault.NOT_WHOLE: lambda: _("Write a whole number, from %(least)s to %(most)s.") % spans,
        Fault.TOO_LITTLE: lambda: _("Write a number from %(least)s to %(most)s.") % spans,
        Fault.TOO_MUCH: lambda: _("Write a number from %(least)s to %(most)s.") % spans,
        Fault.NO_YEAR: lambda: _("Write the year with four figures, from %(least)s to %(most)s.") % years,
        Fault.YEAR_TO_COME: lambda: (
            _("The year cannot be after %(most)s, the year you ask about. Write it with four figures.") % years
        ),
        Fault.NO_MONTH: lambda: _("Write month and year as 11.2026."),
        Fault.NOT_OFFERED: lambda: _("Choose one of the answers."),
    }[misread.fault]()


def _plural(value: Decimal | int) -> int:
    return 1 if value == 1 else 2
