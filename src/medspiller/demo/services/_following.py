"""
Letting the families be followed up: each deed by the persona who did it, on the day they did, as the services let them.

This comes after they have answered and the catalogue is written, and needs the pathways: where these are not published
yet, it is done by the next load. All of it is stored at once, or nothing.
"""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction

from medspiller.access import selectors as access
from medspiller.access.domain import actors
from medspiller.access.domain.accounts import DEMO_ISSUER
from medspiller.access.domain.actors import Actor
from medspiller.core import clock, ids, tenancy
from medspiller.core.errors import MedspillerError
from medspiller.core.periods import Period
from medspiller.demo.domain import families, follow_up, following
from medspiller.demo.domain.following import Deed, Followed, GoesAway, HasReason
from medspiller.demo.services import _house as house
from medspiller.demo.services._acting import acting, who_is_who
from medspiller.followup import selectors, services
from medspiller.followup.domain.agreements import URL as AGREEMENT
from medspiller.followup.domain.suggesting import SuggestionKind, SuggestionState
from medspiller.pathways import selectors as pathways
from medspiller.people import services as register
from medspiller.questionnaires import selectors as questionnaires

logger = logging.getLogger(__name__)

_AT_WORK, _BETWEEN, _BATCH = time(14), timedelta(seconds=20), 500
_SEES_ALL = "leder"


def follow_up_families(tenant_id: UUID, *, seed: int, say: Callable[[str], None]) -> int:
    """
    Store how the families of a municipality are followed up, unless somebody is; return how many files that made.

    What cannot be done any more, because somebody has changed the family meanwhile, is left out.
    """
    system = actors.system(tenant_id)
    with tenancy.tenant_transaction(tenant_id=tenant_id, actor_id=system.id), ids.repeatable(seed):
        if not _can_be_followed(system):
            say("no pathways are published yet, so nobody is followed up")
            return 0
        top = house.standing_units(system, carers=1, today=clock.today())["top"]
        # Whoever goes on with a demo next year is told what was true when it was loaded first.
        today = house.opened_on(system, unit_id=top) + house.AGE
        following_up = _FollowingUp(system, tenant_id, today)
        if following_up.is_done():
            return 0
        made = following_up.tell()
    _bring_up_to_date(system, tenant_id)
    return made


def _can_be_followed(system: Actor) -> bool:
    wanted = {
        deed.slug for each in follow_up.FOLLOWED for deed in each.deeds if isinstance(deed, following.Starts)
    }  # fmt: skip
    return wanted <= {each.slug for each in pathways.pathways(actor=system)}


def _bring_up_to_date(system: Actor, tenant_id: UUID) -> None:
    """Do at once what a job does at night: what was told in the past stands as it is today."""
    looked_at = 1
    while looked_at:
        with tenancy.tenant_transaction(tenant_id=tenant_id, actor_id=system.id):
            looked_at = services.recompute_plans(actor=system, before=clock.today(), limit=_BATCH)


class _FollowingUp:
    """Whose files and plans there are so far, and the day on which it is told."""

    def __init__(self, system: Actor, tenant_id: UUID, today: date):
        self.system, self.tenant_id, self.today = system, tenant_id, today
        # What is told in the past goes by the pathways that are published now.
        self.published_on = clock.today()
        self.persons = who_is_who(system, organisation=house.MUNICIPALITY_NAME, today=today)
        self.files: dict[tuple[str, str], UUID] = {}
        self.plans: dict[tuple[str, str], UUID] = {}
        self.absences: dict[GoesAway, UUID] = {}
        self.accounts = {
            (story.id, key): member.signs_in_as
            for story in families.stories(today)
            for key, member in story.members.items()
        }
        self.does: dict[type[Deed], Callable[[Followed, Any, Actor], object]] = {
            following.Opens: self._opens,
            following.Starts: self._starts,
            following.StartsForChild: self._starts_for_child,
            following.Does: self._does,
            following.Skips: self._skips,
            following.Finds: self._finds,
            following.Happens: self._happens,
            following.Notes: self._notes,
            following.Needs: self._needs,
            following.Suggests: self._suggests,
            following.LooksForMore: self._looks_for_more,
            following.HandsOver: self._hands_over,
            following.Worries: self._worries,
            following.EndsPlan: self._ends_plan,
            following.Closes: self._closes,
        }

    def is_done(self) -> bool:
        """Say whether any of those told of has an open file."""
        leader = self._enter(_SEES_ALL)
        return any(
            selectors.open_file_of(actor=leader, carer_id=person_id) is not None
            for each in follow_up.FOLLOWED
            if (person_id := self.persons.get(each.key)) is not None
        )

    def tell(self) -> int:
        todo: list[tuple[int, Callable[[], object]]] = []
        todo += [(each.days, partial(self._has_reason, each)) for each in follow_up.REASONS]
        for each in follow_up.FOLLOWED:
            todo += [(deed.days, partial(self._deed, each, deed)) for deed in each.deeds]
            todo += self._answers(each)
        todo += [(each.days, partial(self._goes_away, each)) for each in follow_up.AWAY]
        todo += [(-each.back_in, partial(self._comes_back, each)) for each in follow_up.AWAY if each.back_in <= 0]
        # Later the same day comes what stands later; what was on the same day is some time apart.
        for place, (days, do) in enumerate(sorted(todo, key=lambda each: -each[0])):
            at = datetime.combine(self.today - timedelta(days=days), _AT_WORK, tzinfo=clock.OSLO) + place * _BETWEEN
            with clock.frozen(at):
                self._done(do)
        return len(self.files)

    def _done(self, do: Callable[[], object]) -> None:
        """Do what can be done; the families can have been changed by whoever tried the demo."""
        try:
            with transaction.atomic():
                do()
        except (MedspillerError, KeyError) as refusal:
            logger.warning("demo.left_out", extra={"refusal": repr(refusal)})

    def _answers(self, told: Followed) -> list[tuple[int, Callable[[], object]]]:
        """What they have answered counts for the plan on the day it was answered; later a job tells nothing new."""
        person_id = self.persons.get(told.key)
        if person_id is None:
            return []
        newest = questionnaires.coded_responses(actor=self.system, subject_id=person_id)
        found = {each.id: (each.url, each.completed_on) for each in newest}
        if account := self.accounts.get(told.key):
            own = questionnaires.own_responses(actor=self._enter(account), person_id=person_id, language="nb")
            found |= {each.id: (each.url, clock.day_of(each.completed_at)) for each in own}
        return [
            ((self.today - on).days, partial(self._answered, told, person_id, row, url))
            for row, (url, on) in found.items()
        ]

    def _answered(self, told: Followed, person_id: UUID, response_id: UUID, url: str) -> None:
        system = self._enter_system()
        if told.key in self.plans:
            services.note_response(
                actor=system,
                response_id=response_id,
                person_id=person_id,
                questionnaire=url,
                completed_at=clock.now(),
            )
        if told.key in self.files:
            services.note_needs(actor=system, response_id=response_id)
        if url == AGREEMENT:
            services.rest_agreement_on(actor=system, response_id=response_id)

    def _deed(self, told: Followed, deed: Deed) -> None:
        self.does[type(deed)](told, deed, self._enter(deed.by))

    def _opens(self, told: Followed, deed: following.Opens, actor: Actor) -> None:
        row = services.open_file(
            actor=actor,
            carer_id=self.persons[told.key],
            identified_on=self.today - timedelta(days=deed.seen),
            identified_how=deed.how,
            why=deed.why,
            situation=deed.situation,
            what_matters=deed.matters,
            contact_id=actor.id,
        )
        self._has_file(told, row.id)

    def _has_file(self, told: Followed, file_id: UUID) -> None:
        self.files[told.key] = file_id
        services.note_needs_of_file(actor=self._enter_system(), file_id=file_id)

    def _starts(self, told: Followed, deed: following.Starts, actor: Actor) -> None:
        self.plans[told.key] = services.start_plan(
            actor=actor,
            file_id=self.files[told.key],
            slug=deed.slug,
            holder_id=actor.id,
            about_id=self.persons[told.story, deed.about] if deed.about else None,
            facts=deed.facts,
            goal=deed.goal,
            as_of=self.published_on,
        ).id

    def _starts_for_child(self, told: Followed, deed: following.StartsForChild, actor: Actor) -> None:
        opened = services.open_child_file(
            actor=actor,
            patient_id=self.persons[told.story, deed.patient],
            child_id=self.persons[told.key],
            facts=deed.facts,
            as_of=self.published_on,
        )
        self.plans[told.key] = opened.plan_id
        self._has_file(told, opened.file_id)

    def _does(self, told: Followed, deed: following.Does, actor: Actor) -> None:
        for step in deed.steps:
            services.do_step(actor=actor, plan_id=self.plans[told.key], step=step, result=deed.result, note=deed.note)

    def _skips(self, told: Followed, deed: following.Skips, actor: Actor) -> None:
        services.skip_step(actor=actor, plan_id=self.plans[told.key], step=deed.step, reason=deed.reason)

    def _finds(self, told: Followed, deed: following.Finds, actor: Actor) -> None:
        services.tell_fact(actor=actor, plan_id=self.plans[told.key], fact=deed.fact, value=deed.value)

    def _happens(self, told: Followed, deed: following.Happens, actor: Actor) -> None:
        services.tell_event(actor=actor, plan_id=self.plans[told.key], event=deed.event)

    def _notes(self, told: Followed, deed: following.Notes, actor: Actor) -> None:
        services.add_note(actor=actor, file_id=self.files[told.key], code=deed.code, on=clock.today(), text=deed.text)

    def _needs(self, told: Followed, deed: following.Needs, actor: Actor) -> None:
        for need in deed.needs:
            services.note_need(actor=actor, file_id=self.files[told.key], need=need)

    def _looks_for_more(self, told: Followed, deed: following.LooksForMore, actor: Actor) -> None:
        services.suggest(actor=actor, file_id=self.files[told.key])

    def _suggests(self, told: Followed, deed: following.Suggests, actor: Actor) -> None:
        there = selectors.suggestions_of(actor=actor, file_id=self.files[told.key])
        same = (each.id for each in there if each.target == deed.offer)
        suggestion_id = (
            next(same, None)
            or services.suggest_one(
                actor=actor, file_id=self.files[told.key], kind=SuggestionKind.OFFER, target=deed.offer
            ).id
        )
        if deed.answer is None:
            return
        services.answer_suggestion(
            actor=actor,
            suggestion_id=suggestion_id,
            answer=deed.answer,
            reason=deed.reason.value if deed.reason else "",
            on=self.today + timedelta(days=deed.later) if deed.answer is SuggestionState.LATER else None,
            note=deed.note,
        )

    def _hands_over(self, told: Followed, deed: following.HandsOver, actor: Actor) -> None:
        services.offer_handover(actor=actor, plan_id=self.plans[told.key], to_id=self._user(deed.to), why=deed.why)

    def _worries(self, told: Followed, deed: following.Worries, actor: Actor) -> None:
        details = replace(
            deed.details,
            consulted_on=clock.today() - timedelta(days=deed.consulted),
            reported_on=clock.today() - timedelta(days=deed.reported),
        )
        services.record_concern(actor=actor, child_id=self.persons[told.key], details=details)

    def _ends_plan(self, told: Followed, deed: following.EndsPlan, actor: Actor) -> None:
        services.close_plan(actor=actor, plan_id=self.plans.pop(told.key), reason=deed.reason, note=deed.note)

    def _closes(self, told: Followed, deed: following.Closes, actor: Actor) -> None:
        version = selectors.file(actor=actor, file_id=self.files[told.key]).version
        services.close_file(
            actor=actor,
            file_id=self.files[told.key],
            version=version,
            reason=deed.reason,
            outcome=deed.outcome,
            note=deed.note,
        )

    def _goes_away(self, told: GoesAway) -> None:
        away = Period(clock.today(), self.today + timedelta(days=told.back_in))
        if told.helps_in:
            house.lend(self._enter_system(), told.stand_in, told.helps_in, period=away)
        self.absences[told] = services.record_absence(
            actor=self._enter(told.who),
            starts_on=away.start,
            ends_on=away.end,
            stand_in_id=self._user(told.stand_in),
        ).id

    def _comes_back(self, told: GoesAway) -> None:
        services.see_to_absence(actor=self._enter_system(), absence_id=self.absences[told])

    def _has_reason(self, told: HasReason) -> None:
        register.record_children_reason(actor=self._enter(told.by), patient_id=self.persons[told.key], code=told.code)

    def _user(self, persona_id: str) -> UUID:
        user_id: UUID = access.account(actor=self.system, issuer=DEMO_ISSUER, subject=persona_id).id
        return user_id

    def _enter(self, persona_id: str) -> Actor:
        """Return somebody of the demo as they are now, with the transaction now theirs, as signing in makes it."""
        actor = acting(self.system, persona_id, organisation=house.MUNICIPALITY_NAME)
        tenancy.enter_tenant(tenant_id=self.tenant_id, actor_id=actor.id)
        return actor

    def _enter_system(self) -> Actor:
        tenancy.enter_tenant(tenant_id=self.tenant_id, actor_id=self.system.id)
        return self.system
