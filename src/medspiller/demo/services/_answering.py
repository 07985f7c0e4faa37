"""
Letting the families answer forms: each by whoever did it, at the time they did, as the services let them.

This comes after the families are told, since it needs the forms: where these are not published yet, it is done by the
next load. All of it is stored at once, or nothing.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction

from medspiller.access.domain import actors
from medspiller.content import selectors as content
from medspiller.core import clock, ids, tenancy
from medspiller.core.errors import NotAllowed, NotFound
from medspiller.demo.domain import families, forms
from medspiller.demo.domain.forms import Answered, Measured, own
from medspiller.demo.services import _house as house
from medspiller.demo.services._acting import acting, who_is_who
from medspiller.questionnaires import selectors, services
from medspiller.questionnaires.domain.definition.naming import PRESSED
from medspiller.questionnaires.domain.filling.presented import Question, Repeated, every_part
from medspiller.questionnaires.domain.filling.presenting import present
from medspiller.questionnaires.domain.library.content_cases import response_of
from medspiller.questionnaires.domain.library.importing import examine
from medspiller.questionnaires.domain.library.totals import NotEntered
from medspiller.questionnaires.domain.states import FormRefused
from medspiller.questionnaires.services import FromPage, editing
from medspiller.questionnaires.services.totals import record_total

logger = logging.getLogger(__name__)

# Staff write in the middle of the day, and people at home when the day is over.
_AT_WORK, _AT_HOME = time(13), time(20)
_TYPING, _LOOKING_THROUGH = timedelta(minutes=6), timedelta(minutes=8)
_EDITOR = "strategiansvarlig"
_FORMS_KEPT = ((own.VERSIONS[0], 60), (own.VERSIONS[1], 5))
_LANGUAGE = "nb"


def answer(tenant_id: UUID, *, seed: int, say: Callable[[str], None]) -> int:
    """
    Store what the families of a municipality have answered, unless it is there, and return how many answers that made.

    What cannot be answered any more, because somebody has changed the family meanwhile, is left out.
    """
    system = actors.system(tenant_id)
    with tenancy.tenant_transaction(tenant_id=tenant_id, actor_id=system.id), ids.repeatable(seed):
        if _is_done(system):
            return 0
        top = house.standing_units(system, carers=1, today=clock.today())["top"]
        # Whoever goes on with a demo next year is answered what was true when it was loaded first.
        today = house.opened_on(system, unit_id=top) + house.AGE
        if not _can_be_asked(system, today):
            say("no forms are published yet, so nobody has answered any")
            return 0
        return _Answering(system, tenant_id, house.MUNICIPALITY_NAME, today).answer()


def _is_done(system: actors.Actor) -> bool:
    """The municipality's own form is kept last, and a published form stays for good."""
    try:
        content.pinned(actor=system, url=own.URL, version=own.VERSIONS[-1])
    except NotFound:
        return False
    return True


def _can_be_asked(system: actors.Actor, today: date) -> bool:
    known = {each.url for each in content.active(actor=system, kind="questionnaires", on=clock.today())}
    return {each.url for each in forms.answered(today)} <= known


@dataclass(slots=True)
class _Answering:
    """Whose answers they are, and the day on which the stories are told."""

    system: actors.Actor
    tenant_id: UUID
    organisation: str
    today: date

    def answer(self) -> int:
        persons = who_is_who(self.system, organisation=self.organisation, today=self.today)
        done = 0
        for told in sorted(forms.answered(self.today), key=lambda each: -each.days):
            at = self._at(told.days, _AT_WORK if told.by else _AT_HOME)
            done += self._done(partial(self._answers, told, persons, at))
        for measured in sorted(forms.measured(), key=lambda each: -each.days):
            done += self._done(partial(self._measures, measured, persons))
        for version, days in _FORMS_KEPT:
            with clock.frozen(self._at(days, _AT_WORK)):
                self._keep_form(version)
        return done

    def _done(self, do: Callable[[], None]) -> bool:
        """Say whether something could be done; the families can have been changed by whoever tried the demo."""
        try:
            with transaction.atomic():
                do()
        except (NotAllowed, NotFound, FormRefused, NotEntered) as refusal:
            logger.warning("demo.left_out", extra={"refusal": repr(refusal)})
            return False
        return True

    def _answers(self, told: Answered, persons: Mapping[tuple[str, str], UUID], at: datetime) -> None:
        with clock.frozen(at):
            actor = self._enter(told.by or self._account(told))
            begun = services.start(
                actor=actor,
                person_id=_of(persons, told.story, told.who),
                url=told.url,
                language=_LANGUAGE,
                about_id=_of(persons, told.story, told.about) if told.about else None,
                how=told.how,
            )
        if begun.started_at != at:
            # Somebody who tried the demo is in the middle of this form. It is theirs.
            return
        with clock.frozen(at + _TYPING):
            _type_in(actor, begun.id, told)
        if told.finished:
            with clock.frozen(at + _LOOKING_THROUGH):
                services.complete(actor=actor, response_id=begun.id)

    def _account(self, told: Answered) -> str:
        story = next(story for story in families.stories(self.today) if story.id == told.story)
        return story.members[told.who].signs_in_as

    def _measures(self, told: Measured, persons: Mapping[tuple[str, str], UUID]) -> None:
        """Both papers are entered on the day of loading: an instrument is entered in the version that is in use."""
        record_total(
            actor=self._enter(told.by),
            person_id=_of(persons, told.story, told.who),
            instrument_url=told.instrument,
            total_id=told.total,
            value=Decimal(told.value),
            measured_on=self.today - timedelta(days=told.days),
        )

    def _keep_form(self, version: str) -> None:
        editor = self._enter(_EDITOR)
        definition = examine(own.written(version), subject=None, new_url=own.URL).definition
        if definition is None:
            raise RuntimeError(f"the municipality's own form {version} is no form")
        kept = editing.keep_form(actor=editor, definition=definition)
        if version == own.VERSIONS[0]:
            editing.publish_form(actor=editor, definition_id=kept.id)

    def _enter(self, subject: str) -> actors.Actor:
        """Return somebody of the demo as they are now, with the transaction now theirs, as signing in makes it."""
        actor = acting(self.system, subject, organisation=self.organisation)
        tenancy.enter_tenant(tenant_id=self.tenant_id, actor_id=actor.id)
        return actor

    def _at(self, days: int, hour: time) -> datetime:
        return datetime.combine(self.today - timedelta(days=days), hour, tzinfo=clock.OSLO)


def _of(persons: Mapping[tuple[str, str], UUID], story: str, key: str) -> UUID:
    """
    Return who somebody in a story is in the register.

    :raises NotFound: if they are not there as they were told.
    """
    try:
        return persons[story, key]
    except KeyError:
        raise NotFound(f"{key} in {story}") from None


def _type_in(actor: actors.Actor, response_id: UUID, told: Answered) -> None:
    """Send the form as a browser sends it once it is filled in. What is known already and not said stays as it is."""
    found = selectors.filling(actor=actor, response_id=response_id)
    shown = present(found.engine, response_of(found.blank.questionnaire, told.said), language=_LANGUAGE)
    parts = [part for step in shown.steps for part in every_part(step.parts)]
    for part in parts:
        if isinstance(part, Repeated):
            for _more in part.sections[1:]:
                services.save(actor=actor, response_id=response_id, posted={PRESSED: [part.add]})
    said = _said_in(told.said)
    posted: dict[str, list[str]] = defaultdict(list)
    for part in parts:
        if isinstance(part, Question) and part.link_id in said:
            posted[part.name] += [option.value for option in part.options if option.checked]
            for field in part.fields:
                posted[field.name].append(field.value)
    services.save(actor=actor, response_id=response_id, posted=posted, page=FromPage(step=told.step))


def _said_in(said: Mapping[str, Any]) -> set[str]:
    """Return the linkIds that something is said for, those inside groups among them."""
    found = set(said)
    for value in said.values():
        if isinstance(value, list):
            found.update(link_id for each in value if isinstance(each, Mapping) for link_id in each)
    return found
