"""The access log's two tables. The web role may add to them and read them, nothing else."""

import json
from collections.abc import Collection
from enum import StrEnum
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.db import connection, models

from medspiller.audit.domain import writing
from medspiller.audit.domain.basis import Basis, BasisCode
from medspiller.audit.domain.entries import Shown
from medspiller.audit.domain.kinds import Kind
from medspiller.audit.domain.visibility import Audience, Withheld, WithheldReason
from medspiller.core import clock, ids
from medspiller.core.actors import Actor, ActorKind
from medspiller.core.tenancy import TenantOwned

# Columns that are the same for every entry of one insert, with their types.
_COMMON = {
    "at": "timestamptz",
    "kind": "text",
    "action": "text",
    "list_id": "uuid",
    "request_id": "text",
    "actor_id": "uuid",
    "actor_kind": "text",
    "actor_name": "text",
    "actor_organisation": "text",
    "actor_organisation_number": "text",
    "actor_place_number": "text",
    "actor_place_name": "text",
    "actor_unit_id": "uuid",
    "actor_unit_name": "text",
    "actor_role": "text",
    "actor_authorisation": "text",
    "actor_hpr_number": "text",
    "refusal_reason": "text",
    "searched_by": "text[]",
}
# Columns that differ from person to person.
_EACH = {
    "id": "uuid",
    "subject_type": "text",
    "subject_id": "uuid",
    "person_id": "uuid",
    "basis": "text",
    "basis_text": "text",
    "decision_id": "uuid",
    "decided_at": "timestamptz",
    "chosen_by_actor": "boolean",
    "care_unit_id": "uuid",
    "care_unit_name": "text",
    "care_place_number": "text",
    "care_place_name": "text",
    "service_code": "text",
    "withheld": "text",
    "withheld_reason": "text",
    "information": "text[]",
}
# The rows travel as one JSON text: an array per column takes longer to write out.
_INSERT = (
    f"INSERT INTO audit_accessentry (tenant_id, {', '.join(_COMMON)}, {', '.join(_EACH)}) "  # noqa: S608 - names above
    f"SELECT coalesce(%(tenant_id)s::uuid, medspiller_tenant()), "
    f"{', '.join(f'%({name})s::{kind}' for name, kind in _COMMON.items())}, "
    f"{', '.join(f'each.{name}' for name in _EACH)} "
    f"FROM json_to_recordset(%(each)s::json) AS each({', '.join(f'{name} {kind}' for name, kind in _EACH.items())})"
)
_OPEN = Withheld.NONE.value


def _values(codes: type[StrEnum], *, but: str | None = None) -> list[str]:
    # Plain strings: a migration must still run when the enum has moved.
    return [code.value for code in codes if code != but]


class AccessEntryManager(models.Manager["AccessEntry"]):
    def write(
        self,
        *shown: Shown,
        actor: Actor,
        action: str,
        kind: Kind,
        information: str | Collection[str],
        basis: Basis | str = "",
        **shared: UUID | str | list[str],
    ) -> UUID:
        """
        Write one entry for each of `shown` in one statement, and return the id of the first.

        `shared` fills further columns that are the same for all. An actor without a tenant
        writes to the open transaction's; one of another tenant is refused by the database.
        """
        rows = [
            writing.own_columns(
                one, entry_id=ids.new_id(), actor=actor, kind=kind, information=information, basis=basis
            )
            for one in shown
        ]
        common = writing.shared_columns(actor=actor, at=clock.now(), kind=kind, action=action)
        with connection.cursor() as cursor:
            cursor.execute(_INSERT, {**common, **shared, "each": json.dumps(rows, default=str)})
        first: UUID = rows[0]["id"]
        return first


class AccessEntry(TenantOwned):
    """
    One line of the access log, with ids and names as they were when it happened.

    There are no foreign keys to persons, users or units: the log outlives them. The name
    of the person it is about is not stored at all. The table is not partitioned; its
    order on disk follows time, which the small index on `at` uses for whole periods.

    `searched_by` and `refusal_reason` are empty except for searches and refusals.
    `care_…` is where the person was followed up, `actor_…` where the actor worked.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    at = models.DateTimeField()
    kind = models.CharField(max_length=10)
    action = models.CharField(max_length=100)
    list_id = models.UUIDField(null=True)
    request_id = models.CharField(max_length=100, blank=True, default="")

    actor_id = models.UUIDField()
    actor_kind = models.CharField(max_length=10)
    actor_name = models.TextField(blank=True)
    actor_organisation = models.TextField(blank=True)
    actor_organisation_number = models.CharField(max_length=20, blank=True, default="")
    actor_place_number = models.CharField(max_length=20, blank=True, default="")
    actor_place_name = models.TextField(blank=True, default="")
    actor_unit_id = models.UUIDField(null=True)
    actor_unit_name = models.TextField(blank=True, default="")
    actor_role = models.TextField(blank=True, default="")
    actor_authorisation = models.CharField(max_length=20, blank=True, default="")
    actor_hpr_number = models.CharField(max_length=20, blank=True, default="")

    basis = models.CharField(max_length=20, blank=True)
    basis_text = models.TextField(blank=True, default="")
    decision_id = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    chosen_by_actor = models.BooleanField(default=False)
    care_unit_id = models.UUIDField(null=True)
    care_unit_name = models.TextField(blank=True, default="")
    care_place_number = models.CharField(max_length=20, blank=True, default="")
    care_place_name = models.TextField(blank=True, default="")
    service_code = models.CharField(max_length=20, blank=True, default="")

    information = ArrayField(models.CharField(max_length=30), default=list)
    searched_by = ArrayField(models.CharField(max_length=20), default=list)
    subject_type = models.CharField(max_length=100, blank=True, default="")
    subject_id = models.UUIDField(null=True)
    person_id = models.UUIDField(null=True)
    refusal_reason = models.TextField(blank=True, default="")
    withheld = models.CharField(max_length=30)
    withheld_reason = models.CharField(max_length=20, blank=True)

    objects = AccessEntryManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=_values(Kind)), name="audit_accessentry_kind"),
            models.CheckConstraint(
                condition=models.Q(actor_kind__in=_values(ActorKind)), name="audit_accessentry_actor"
            ),
            models.CheckConstraint(condition=models.Q(basis__in=_values(BasisCode)), name="audit_accessentry_basis"),
            models.CheckConstraint(
                condition=models.Q(withheld=_OPEN, withheld_reason="")
                | (
                    models.Q(withheld__in=_values(Withheld, but=_OPEN))
                    & models.Q(withheld_reason__in=_values(WithheldReason, but=""))
                ),
                name="audit_accessentry_withheld_why",
            ),
            models.CheckConstraint(
                condition=models.Q(kind=Kind.REFUSED.value) | models.Q(refusal_reason=""),
                name="audit_accessentry_refused_why",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind=Kind.READ.value)
                | models.Q(person_id__isnull=True)
                | ~models.Q(information=[]),
                name="audit_accessentry_says_what",
            ),
        ]
        indexes = [
            models.Index("tenant_id", "person_id", models.F("at").desc(), name="audit_accessentry_about"),
            models.Index("tenant_id", "actor_id", models.F("at").desc(), name="audit_accessentry_by"),
            models.Index(
                "tenant_id",
                models.F("at").desc(),
                condition=models.Q(basis="", person_id__isnull=False),
                name="audit_accessentry_no_basis",
            ),
            BrinIndex(fields=["at"], autosummarize=True, name="audit_accessentry_at"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.action} {self.id}"


class Release(TenantOwned):
    """That one withheld entry was opened to somebody, by whom and why. Never taken back: what is seen is seen."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    entry = models.ForeignKey(AccessEntry, on_delete=models.PROTECT, related_name="releases")
    to_whom = models.CharField(max_length=30)
    reason = models.TextField()
    released_by = models.UUIDField()
    released_by_name = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "entry", "to_whom"], name="audit_release_once"),
            models.CheckConstraint(condition=models.Q(to_whom__in=_values(Audience)), name="audit_release_to_whom"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="audit_release_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.to_whom}"
