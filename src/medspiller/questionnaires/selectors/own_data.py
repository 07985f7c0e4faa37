"""A citizen's own answers, for them to take with them."""

from collections.abc import Iterator, Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from medspiller.access.domain.actors import Actor
from medspiller.people import selectors as people
from medspiller.people.domain.taking_out import Row, Table
from medspiller.questionnaires import policies
from medspiller.questionnaires.domain.reading_back.answers import AnswerGroup, AnswerPart, AnswerRow, answers_to_read
from medspiller.questionnaires.models import Response
from medspiller.questionnaires.selectors import _blanks


def own_tables(*, actor: Actor) -> list[Table]:
    """
    Return every answer of the actor's own, one row for each question, for the file they take out.

    A concern for a child is left out, and nothing here tells whether there is any. That the
    file was taken is logged by whoever makes it.

    :raises NotAllowed: for anybody but a citizen.
    """
    policies.ensure(actor, policies.ANSWER_OWN)
    oneself = people.registered_as(actor=actor)
    columns = (
        ("form", _("Form")), ("version", _("Version of the form")), ("finished", _("Finished on")),
        ("filled_in_by", _("Filled in by")), ("marked_as_wrong", _("Marked as wrong")), ("question", _("Question")),
        ("answer", _("Answer")),
    )  # fmt: skip
    rows = tuple(_rows(oneself)) if oneself.person_id is not None else ()
    return [Table("answers", _("What I have answered"), columns, rows)]


def _rows(oneself: Actor) -> Iterator[Row]:
    found = people.subject(
        actor=oneself,
        person_id=oneself.person_id,  # type: ignore[arg-type]  # whoever is registered is somebody
        action=policies.READ,
        own_action=policies.ANSWER_OWN,
    )
    language = get_language() or "nb"
    answered = Response.objects.filter(policies.readable(found), subject_id=oneself.person_id)
    for row in answered.order_by("completed_at", "id"):
        blank = _blanks.of_response(oneself, row)
        said = answers_to_read(_blanks.engine_of(blank), row.answers, language=language)
        for each in _answered(said.parts):
            words = "; ".join(_words(value.kind, value.content, value.words.plain) for value in each.values)
            yield (
                blank.title(language), row.questionnaire_version, row.completed_at, row.author_name,
                row.wrong_at is not None, each.label.plain, words,
            )  # fmt: skip


def _answered(parts: Sequence[AnswerPart]) -> Iterator[AnswerRow]:
    for part in parts:
        if isinstance(part, AnswerRow):
            if part.values:
                yield part
            yield from _answered(part.parts)
        elif isinstance(part, AnswerGroup):
            yield from _answered(part.parts)


def _words(kind: str, content: object, plain: str) -> str:
    if kind == "boolean":
        return _("Yes") if content else _("No")
    return plain
