"""What the columns of new entries hold: the parts that all entries of one write share, and one part per entry."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from medspiller.audit.domain import basis as bases
from medspiller.audit.domain import information as informations
from medspiller.audit.domain import visibility, who
from medspiller.audit.domain.basis import Basis
from medspiller.audit.domain.entries import Shown
from medspiller.audit.domain.information import InformationMissing
from medspiller.audit.domain.kinds import Kind
from medspiller.core.actors import Actor


def shared_columns(*, actor: Actor, at: datetime, kind: Kind, action: str) -> dict[str, Any]:
    """Return what all entries of one write have in common: who acted, when and how."""
    acting = who.of(actor)
    return {
        "tenant_id": actor.tenant_id,
        "at": at,
        "kind": kind,
        "action": action,
        "list_id": None,
        "request_id": str(getattr(actor, "request_id", "") or ""),
        "actor_id": acting.id,
        "actor_kind": acting.kind,
        "actor_name": acting.name,
        "actor_organisation": acting.organisation,
        "actor_organisation_number": acting.organisation_number,
        "actor_place_number": acting.place_number,
        "actor_place_name": acting.place_name,
        "actor_unit_id": acting.unit_id,
        "actor_unit_name": acting.unit_name,
        "actor_role": acting.role,
        "actor_authorisation": acting.authorisation,
        "actor_hpr_number": acting.hpr_number,
        "refusal_reason": "",
        "searched_by": [],
    }


def own_columns(
    shown: Shown,
    *,
    entry_id: UUID,
    actor: Actor,
    kind: Kind,
    information: str | Collection[str],
    basis: Basis | str,
) -> dict[str, Any]:
    """
    Return what one entry has for itself: what it is about, on which basis, and from whom it is withheld.

    `information` and `basis` hold where `shown` says nothing else.

    :raises InformationMissing: if a person's data was seen and it is not said which.
    """
    categories = informations.categories(shown.information or information)
    if kind in {Kind.READ, Kind.SEARCH} and shown.person_id is not None and not categories:
        raise InformationMissing("say which information about the person was seen")
    about_actor = shown.person_id is not None and shown.person_id == getattr(actor, "person_id", None)
    given = bases.stated(basis if shown.basis is None else shown.basis)
    ground = bases.known(given, actor_kind=actor.kind, about_actor=about_actor)
    level, reason = visibility.withholding(
        information=categories, withheld=shown.withheld, reason=shown.withheld_reason
    )
    return {
        "id": entry_id,
        "subject_type": shown.subject_type,
        "subject_id": shown.subject_id,
        "person_id": shown.person_id,
        "basis": ground.code,
        "basis_text": ground.text,
        "decision_id": ground.decision_id,
        "decided_at": ground.decided_at,
        "chosen_by_actor": ground.chosen_by_actor,
        "care_unit_id": ground.unit_id,
        "care_unit_name": ground.unit_name,
        "care_place_number": ground.place_number,
        "care_place_name": ground.place_name,
        "service_code": ground.service_code,
        "withheld": level,
        "withheld_reason": reason,
        "information": categories,
    }
