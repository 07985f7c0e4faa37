"""The municipality's forms as editors see them: all of them, in every version and state."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from medspiller.access.domain.actors import Actor
from medspiller.content import selectors as content
from medspiller.content.domain.definitions import Definition, Status
from medspiller.content.domain.remembered import Remembered
from medspiller.content.selectors import Listed
from medspiller.questionnaires import policies
from medspiller.questionnaires.domain.definition.audience import Subject, Tag, subject_of, tags_of
from medspiller.questionnaires.domain.definition.definitions import Questionnaire, Text
from medspiller.questionnaires.domain.library.content_questionnaires import QUESTIONNAIRES, questionnaire_in
from medspiller.questionnaires.domain.library.content_texts import languages_of


class FormState(StrEnum):
    """How a form stands. REPLACED: still active, and a later version is begun instead of it."""

    DRAFT = "draft"
    ACTIVE = "active"
    REPLACED = "replaced"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class FormFacts:
    """What a form says of itself. `languages` are those in which every text is there."""

    title: Text
    languages: tuple[str, ...]
    subject: Subject | None
    tags: frozenset[Tag]
    questions: int


@dataclass(frozen=True, slots=True)
class ListedForm:
    """A form in one version. `is_own`: made here, not shipped; only these are retired here."""

    id: UUID
    url: str
    version: str
    state: FormState
    is_own: bool
    package: str
    published_at: datetime | None
    retired_at: datetime | None
    facts: FormFacts
    definition: Definition

    @property
    def may_publish(self) -> bool:
        return self.is_own and self.state is FormState.DRAFT

    @property
    def may_retire(self) -> bool:
        return self.is_own and self.state is not FormState.RETIRED


_FACTS: Remembered[FormFacts] = Remembered(at_most=500)


def forms_to_edit(*, actor: Actor) -> tuple[ListedForm, ...]:
    """
    Return every form that the actor's municipality has, shipped or its own, later versions first.

    :raises NotAllowed: if the actor edits no forms.
    """
    policies.ensure(actor, policies.EDIT_FORMS)
    listed = content.listed(actor=actor, kind=QUESTIONNAIRES.name)
    return tuple(_listed(each, listed) for each in reversed(listed))


def form_to_edit(*, actor: Actor, definition_id: UUID) -> ListedForm:
    """
    Return one of them.

    :raises NotAllowed: if the actor edits no forms.
    :raises NotFound: if there is none of that id.
    """
    policies.ensure(actor, policies.EDIT_FORMS)
    one = content.one_listed(actor=actor, kind=QUESTIONNAIRES.name, definition_id=definition_id)
    return _listed(one, content.listed(actor=actor, kind=QUESTIONNAIRES.name))


def _listed(one: Listed, among: tuple[Listed, ...]) -> ListedForm:
    definition = one.definition
    return ListedForm(
        id=one.id,
        url=definition.url,
        version=definition.version,
        state=_state(one, among),
        is_own=one.is_own,
        package=definition.package,
        published_at=one.published_at,
        retired_at=one.retired_at,
        facts=_FACTS.get(definition.digest, lambda: _facts(questionnaire_in(definition))),
        definition=definition,
    )


def _state(one: Listed, among: tuple[Listed, ...]) -> FormState:
    if one.definition.status is not Status.ACTIVE:
        return FormState(one.definition.status.value)
    same = [each for each in among if each.definition.url == one.definition.url]
    active = [each for each in same if each.definition.status is Status.ACTIVE]
    return FormState.ACTIVE if active[-1].id == one.id else FormState.REPLACED


def _facts(questionnaire: Questionnaire) -> FormFacts:
    return FormFacts(
        title=questionnaire.title,
        languages=languages_of(questionnaire),
        subject=subject_of(questionnaire.source),
        tags=tags_of(questionnaire.source),
        questions=sum(item.type.is_question for item in questionnaire.every_item()),
    )
