"""A carer's file with all that stands in it, opened once: what its page shows, and one entry in the carer's log."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from medspiller.access.domain.actors import Actor
from medspiller.audit.domain import Information
from medspiller.followup import policies
from medspiller.followup.domain.files import FileKind
from medspiller.followup.selectors._lacking import SeenNeed, needs_in_file
from medspiller.followup.selectors._seen import SeenFile
from medspiller.followup.selectors.agreements import SeenAgreement, _agreement_in_file
from medspiller.followup.selectors.children import ComingOfAge, _ages_in_file
from medspiller.followup.selectors.concerns import SeenConcern, _open_concerns_in_file
from medspiller.followup.selectors.files import SEEN, _seen_file
from medspiller.followup.selectors.sharing import _said_elsewhere
from medspiller.followup.selectors.starting import runs_of_plans
from medspiller.followup.selectors.suggestions import SeenSuggestion, _suggestions_in_file
from medspiller.pathways.selectors import SeenRun
from medspiller.people import selectors as people

_SHOWS = (*SEEN, Information.RIGHTS, Information.AGREEMENT, Information.NAME_AND_BIRTH)


@dataclass(frozen=True, slots=True)
class FilePage:
    """
    A file with its parts. `runs` are how far the open plans have come, by the plan's id; `ages` are a child's.

    `concerns` are those for the child that nobody has settled; `statements` what the carer has said of themselves in
    the register beside what stands in the file.
    """

    file: SeenFile
    runs: Mapping[UUID, SeenRun]
    needs: Sequence[SeenNeed]
    suggestions: Sequence[SeenSuggestion]
    agreement: SeenAgreement | None
    ages: ComingOfAge | None
    concerns: tuple[SeenConcern, ...] = ()
    statements: tuple[people.SeenStatement, ...] = ()


def file_page(*, actor: Actor, file_id: UUID) -> FilePage:
    """
    Return a carer's file with its plans, needs, suggestions and agreement, and for a child what comes with age.

    :raises NotFound: if there is none; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if it is the actor's own, or nobody at their units follows the carer up for the carer's sake.
    """
    within = people.reach(actor=actor)
    opened = policies.opened_file(actor, file_id, within=within)
    seen = _seen_file(actor, opened, shows=_SHOWS, within=within)
    return FilePage(
        file=seen,
        runs=runs_of_plans(actor=actor, plans=seen.open_plans),
        needs=needs_in_file(opened),
        suggestions=_suggestions_in_file(opened.file),
        agreement=_agreement_in_file(opened.file),
        ages=_ages_in_file(opened) if seen.kind is FileKind.CHILD else None,
        statements=_said_elsewhere(opened),
        concerns=_open_concerns_in_file(opened) if seen.kind is FileKind.CHILD else (),
    )
