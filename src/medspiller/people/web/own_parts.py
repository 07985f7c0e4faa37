"""Everything that is somebody's own, as tables in words: what the file that they take with them is made of."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from medspiller.people import registry
from medspiller.people.domain.children import ChildrenReply, ChildrenTopic, ReasonToAsk
from medspiller.people.domain.contacts import as_said
from medspiller.people.domain.taking_out import Row, Table
from medspiller.people.selectors import OwnData, Somebody
from medspiller.people.web.family_wording import NAME_USES, RELATIONS, SYSTEMS, role_name
from medspiller.people.web.own_consents import in_words
from medspiller.people.web.own_log import log_heading, log_line
from medspiller.people.web.own_page import details
from medspiller.people.web.own_wording import ABOUT, OUTCOMES
from medspiller.people.web.wording import BASES, CHILDREN_REPLIES, CHILDREN_TOPICS, REASONS_TO_ASK
from medspiller.ui.components.formats import day, moment


@dataclass(frozen=True, slots=True)
class Part(Table):
    """One table of the file."""

    @property
    def lines(self) -> list[list[str]]:
        """The rows, each cell in words."""
        return [[_in_words(cell) for cell in row] for row in self.rows]


def parts_of(found: OwnData) -> list[Part]:
    """Return the tables, in the order in which one reads them."""
    makers: tuple[Callable[[OwnData], Part], ...] = (
        _about_me, _names, _contacts, _units, _carers, _cared_for, _consents, _statements, _decisions, _children,
        _reasons, _corrections, _questions, _log,
    )  # fmt: skip
    elsewhere = registry.own_tables(actor=found.page.actor)
    further = [Part(each.name, each.heading, each.columns, each.rows) for each in elsewhere]
    # Who has looked comes last: it is the longest.
    *about_me, log = (make(found) for make in makers)
    return [*about_me, *further, log]


def _about_me(found: OwnData) -> Part:
    said, words = found.page.said, details(found.page)
    row = (
        said.given_name, said.family_name, said.birth_date, found.person_number, words["grade"], words["gender"],
        words["language"], said.needs_interpreter, words["channel"], said.best_time, said.wants_notices,
    )  # fmt: skip
    columns = (
        ("given_name", _("Given name")), ("family_name", _("Family name")), ("birth_date", _("Date of birth")),
        ("person_number", _("National identity number")), ("protected_address", _("Protected address")),
        ("gender", _("Gender")), ("language", _("Language")), ("needs_interpreter", _("Needs an interpreter")),
        ("preferred_channel", _("Wants to be reached by")), ("best_time", _("When it suits best")),
        ("wants_notices", _("Wants reminders and notices from us")),
    )  # fmt: skip
    return Part("about_me", _("About me"), columns, (row,))


def _names(found: OwnData) -> Part:
    rows = tuple((NAME_USES[each.use], each.name, each.valid_from, each.valid_to) for each in found.page.names)
    columns = (("use", _("What kind of name")), ("name", _("Name")), ("from", _("From")), ("to", _("Until")))
    return Part("other_names", _("Other names"), columns, rows)


def _contacts(found: OwnData) -> Part:
    rows = tuple(
        (SYSTEMS[each.system], as_said(each.system, each.value), each.safe_to_call, each.safe_to_leave_message,
         each.safe_for_notices, each.note)
        for each in found.page.contacts if each.own
    )  # fmt: skip
    columns = (
        ("kind", _("What is it?")), ("value", _("Number, e-mail or address")), ("safe_to_call", _("Safe to call")),
        ("safe_to_leave_message", _("Safe to leave a message")),
        ("safe_for_notices", _("Safe for reminders and notices")), ("note", _("Good to know")),
    )  # fmt: skip
    return Part("contact", _("How I can be reached"), columns, rows)


def _units(found: OwnData) -> Part:
    rows = tuple((each.unit_name, BASES[each.basis], each.since) for each in found.page.units)
    columns = (("unit", _("Unit")), ("why", _("Why")), ("since", _("Since")))
    return Part("units", _("Who follows me up"), columns, rows)


def _carers(found: OwnData) -> Part:
    return Part("carers", _("Registered around me"), _columns_of_somebody(), tuple(_somebody(found.page.carers)))


def _cared_for(found: OwnData) -> Part:
    rows = tuple(_somebody(found.page.cared_for))
    return Part("cared_for", _("The people I am linked to"), _columns_of_somebody(), rows)


def _columns_of_somebody() -> tuple[tuple[str, str], ...]:
    return (
        ("name", _("Name")), ("relation", _("What they are to me")), ("role", _("Role")), ("since", _("Since")),
        ("recorded_by", _("Written down by")),
    )  # fmt: skip


def _somebody(around: Sequence[Somebody]) -> Iterator[Row]:
    for each in around:
        kinds = ", ".join(str(RELATIONS[kind]) for kind in each.kinds)
        for role in each.roles:
            yield (each.name, kinds, role_name(role.role), role.since, role.recorded_by)


def _consents(found: OwnData) -> Part:
    rows = tuple(
        (words["receiver"], words["is_yes"], "; ".join(map(str, words["topics"])), each.starts_at, words["last_day"],
         each.withdrawn_at, each.live, words["obtained"], each.recorded_by)
        for each in found.consents for words in [in_words(each)]
    )  # fmt: skip
    columns = (
        ("to", _("Who may know")), ("yes", _("Says yes")), ("about", _("About what")), ("from", _("From")),
        ("last_day", _("Last day")), ("withdrawn", _("Taken back")), ("holds", _("In force now")),
        ("obtained", _("How we know")), ("recorded_by", _("Written down by")),
    )  # fmt: skip
    return Part("consents", _("What others may know about me"), columns, rows)


def _statements(found: OwnData) -> Part:
    rows = tuple((each.said_at, each.text, each.recorded_by) for each in found.statements)
    columns = (("at", _("When")), ("text", _("What matters to me")), ("recorded_by", _("Written down by")))
    return Part("what_matters", _("What matters to me"), columns, rows)


def _decisions(found: OwnData) -> Part:
    rows = tuple(
        (each.matter, each.competent, each.reason, each.decided_at, each.decided_by, each.review_on, each.ended_at)
        for each in found.decisions
    )
    columns = (
        ("matter", _("What it is about")), ("can_decide", _("Can decide")), ("why", _("Why")), ("at", _("When")),
        ("by", _("By whom")), ("review_on", _("Go through it again on")), ("ended_at", _("Ended")),
    )  # fmt: skip
    return Part("decisions", _("Whether I can decide in a matter"), columns, rows)


def _children(found: OwnData) -> Part:
    rows = tuple(
        (CHILDREN_TOPICS[ChildrenTopic(each.topic)], CHILDREN_REPLIES[ChildrenReply(each.reply)], each.asked_at)
        for each in found.children_answers
    )
    columns = (("question", _("Question")), ("answer", _("Answer")), ("at", _("When")))
    return Part("children", _("Questions about children"), columns, rows)


def _reasons(found: OwnData) -> Part:
    rows = tuple(
        (REASONS_TO_ASK[ReasonToAsk(each.code)], each.recorded_at, each.recorded_by, each.ended_at)
        for each in found.children_reasons
    )
    columns = (
        ("reason", _("Why")), ("at", _("When")), ("by", _("By whom")), ("ended_at", _("Ended")),
    )  # fmt: skip
    return Part("children_reasons", _("Why we have asked about children"), columns, rows)


def _corrections(found: OwnData) -> Part:
    rows = tuple(
        (each.asked_at, ABOUT[each.about], each.text, OUTCOMES[each.outcome] if each.outcome else "", each.answer)
        for each in found.corrections
    )
    columns = (
        ("at", _("When")), ("about", _("What is wrong")), ("text", _("What it should say")),
        ("outcome", _("What came of it")), ("answer", _("Answer")),
    )  # fmt: skip
    return Part("corrections", _("What I have asked to have corrected"), columns, rows)


def _questions(found: OwnData) -> Part:
    rows = tuple((each.asked_at, each.text, each.answered_at, each.answer) for each in found.questions)
    columns = (("at", _("When")), ("question", _("Question")), ("answered", _("Answered")), ("answer", _("Answer")))
    return Part("questions_about_access", _("Questions about who has looked"), columns, rows)


def _log(found: OwnData) -> Part:
    names = ("at", "who", "role", "unit", "organisation", "what", "information", "why")
    rows = tuple((entry.at, *log_line(entry)[1:]) for entry in found.log.entries)
    return Part("who_has_looked", _("Who has looked"), tuple(zip(names, log_heading(), strict=True)), rows)


def _in_words(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return _("Yes") if cell else _("No")
    if isinstance(cell, datetime):
        return moment(cell)
    return day(cell) if isinstance(cell, date) else str(cell)
