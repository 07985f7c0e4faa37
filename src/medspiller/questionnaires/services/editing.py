"""The municipality's own forms: kept as drafts, published, and taken out of use."""

from uuid import UUID

from django.db import transaction

from medspiller.access.domain.actors import Actor
from medspiller.content import selectors as published
from medspiller.content import services as content
from medspiller.content.domain.definitions import Definition, Status
from medspiller.core.errors import MedspillerError, NotFound
from medspiller.questionnaires import policies
from medspiller.questionnaires.domain.library.content_questionnaires import QUESTIONNAIRES
from medspiller.questionnaires.domain.library.importing import as_active
from medspiller.questionnaires.selectors.editing import ListedForm, form_to_edit, forms_to_edit


class AddressTaken(MedspillerError):
    """The form has the address of one that is shipped to all, which is not the municipality's to change."""


class VersionTaken(MedspillerError):
    """That version is published with other content, and frozen; `version` must be raised."""

    def __init__(self, version: str):
        self.version = version
        super().__init__(version)


class NotADraft(MedspillerError):
    """The form is published or out of use already."""


@transaction.atomic
def keep_form(*, actor: Actor, definition: Definition) -> ListedForm:
    """
    Keep a form as a draft of the actor's municipality, in place of an earlier draft of that version.

    Nobody can be asked by a draft. What is wrong with the form itself was told before, by `domain.importing.examine`.

    :raises NotAllowed: if the actor edits no forms.
    :raises AddressTaken: if the address is that of a shipped form.
    :raises VersionTaken: if that version is published with other content, or out of use.
    :raises ContentProblem: if it is not fit to be published.
    """
    policies.ensure(actor, policies.EDIT_FORMS)
    listed = published.listed(actor=actor, kind=QUESTIONNAIRES.name)
    same = [each for each in listed if each.definition.url == definition.url]
    if any(not each.is_own for each in same):
        raise AddressTaken(definition.url)
    for each in same:
        if each.definition.version == definition.version and each.definition.status is not Status.DRAFT:
            raise VersionTaken(definition.version)
    content.publish(actor=actor, definitions=[definition])
    return next(
        each
        for each in forms_to_edit(actor=actor)
        if each.is_own and (each.url, each.version) == (definition.url, definition.version)
    )


@transaction.atomic
def publish_form(*, actor: Actor, definition_id: UUID) -> ListedForm:
    """
    Let a draft of the municipality be used from now on. It is frozen; what was begun with an earlier version keeps it.

    :raises NotAllowed: if the actor edits no forms.
    :raises NotFound: if there is none of that id, or it is shipped.
    :raises NotADraft: if it is published or out of use.
    """
    form = _own(actor, definition_id)
    if not form.may_publish:
        raise NotADraft(str(form.definition.key))
    content.publish(actor=actor, definitions=[as_active(form.definition)])
    return form_to_edit(actor=actor, definition_id=definition_id)


@transaction.atomic
def retire_form(*, actor: Actor, definition_id: UUID) -> ListedForm:
    """
    Let a form of the municipality be begun by nobody any more. Answers to it stay, and can be finished.

    :raises NotAllowed: if the actor edits no forms.
    :raises NotFound: if there is none of that id, or it is shipped.
    :raises AlreadyRetired: if it is out of use.
    """
    form = _own(actor, definition_id)
    content.retire(actor=actor, url=form.url, version=form.version)
    return form_to_edit(actor=actor, definition_id=definition_id)


def _own(actor: Actor, definition_id: UUID) -> ListedForm:
    form = form_to_edit(actor=actor, definition_id=definition_id)
    if not form.is_own:
        raise NotFound("not the municipality's own")
    return form
