import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

import medspiller.core.ids
import medspiller.core.tenancy
from medspiller.core.schema import AppendOnly, ProtectTenantTable


class Migration(migrations.Migration):
    initial = True

    dependencies = [("core", "0001_create_ground")]

    operations = [
        migrations.CreateModel(
            name="AccessEntry",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("at", models.DateTimeField()),
                ("kind", models.CharField(max_length=10)),
                ("action", models.CharField(max_length=100)),
                ("list_id", models.UUIDField(null=True)),
                ("request_id", models.CharField(blank=True, default="", max_length=100)),
                ("actor_id", models.UUIDField()),
                ("actor_kind", models.CharField(max_length=10)),
                ("actor_name", models.TextField(blank=True)),
                ("actor_organisation", models.TextField(blank=True)),
                ("actor_organisation_number", models.CharField(blank=True, default="", max_length=20)),
                ("actor_place_number", models.CharField(blank=True, default="", max_length=20)),
                ("actor_place_name", models.TextField(blank=True, default="")),
                ("actor_unit_id", models.UUIDField(null=True)),
                ("actor_unit_name", models.TextField(blank=True, default="")),
                ("actor_role", models.TextField(blank=True, default="")),
                ("actor_authorisation", models.CharField(blank=True, default="", max_length=20)),
                ("actor_hpr_number", models.CharField(blank=True, default="", max_length=20)),
                ("basis", models.CharField(blank=True, max_length=20)),
                ("basis_text", models.TextField(blank=True, default="")),
                ("decision_id", models.UUIDField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("chosen_by_actor", models.BooleanField(default=False)),
                ("care_unit_id", models.UUIDField(null=True)),
                ("care_unit_name", models.TextField(blank=True, default="")),
                ("care_place_number", models.CharField(blank=True, default="", max_length=20)),
                ("care_place_name", models.TextField(blank=True, default="")),
                ("service_code", models.CharField(blank=True, default="", max_length=20)),
                (
                    "information",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30), default=list, size=None
                    ),
                ),
                (
                    "searched_by",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), default=list, size=None
                    ),
                ),
                ("subject_type", models.CharField(blank=True, default="", max_length=100)),
                ("subject_id", models.UUIDField(null=True)),
                ("person_id", models.UUIDField(null=True)),
                ("refusal_reason", models.TextField(blank=True, default="")),
                ("withheld", models.CharField(max_length=30)),
                ("withheld_reason", models.CharField(blank=True, max_length=20)),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("tenant_id"),
                        models.F("person_id"),
                        models.OrderBy(models.F("at"), descending=True),
                        name="audit_accessentry_about",
                    ),
                    models.Index(
                        models.F("tenant_id"),
                        models.F("actor_id"),
                        models.OrderBy(models.F("at"), descending=True),
                        name="audit_accessentry_by",
                    ),
                    models.Index(
                        models.F("tenant_id"),
                        models.OrderBy(models.F("at"), descending=True),
                        condition=models.Q(("basis", ""), ("person_id__isnull", False)),
                        name="audit_accessentry_no_basis",
                    ),
                    django.contrib.postgres.indexes.BrinIndex(
                        autosummarize=True, fields=["at"], name="audit_accessentry_at"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["read", "search", "write", "refused"])),
                        name="audit_accessentry_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("actor_kind__in", ["anonymous", "citizen", "staff", "system"])),
                        name="audit_accessentry_actor",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "basis__in",
                                [
                                    "involvement",
                                    "blue_light",
                                    "own",
                                    "representative",
                                    "consent",
                                    "legal_duty",
                                    "administration",
                                    "review",
                                    "system",
                                    "",
                                ],
                            )
                        ),
                        name="audit_accessentry_basis",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withheld", "none"), ("withheld_reason", "")),
                            models.Q(
                                ("withheld__in", ["representatives", "person_and_representatives"]),
                                (
                                    "withheld_reason__in",
                                    ["concern_for_child", "safety", "kept_from_parents", "protected_address"],
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="audit_accessentry_withheld_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind", "refused"), ("refusal_reason", ""), _connector="OR"),
                        name="audit_accessentry_refused_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "read"), _negated=True),
                            ("person_id__isnull", True),
                            models.Q(("information", []), _negated=True),
                            _connector="OR",
                        ),
                        name="audit_accessentry_says_what",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Release",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("to_whom", models.CharField(max_length=30)),
                ("reason", models.TextField()),
                ("released_by", models.UUIDField()),
                ("released_by_name", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="releases", to="audit.accessentry"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("tenant_id", "entry", "to_whom"), name="audit_release_once"),
                    models.CheckConstraint(
                        condition=models.Q(("to_whom__in", ["person", "person_and_representatives"])),
                        name="audit_release_to_whom",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="audit_release_says_why"
                    ),
                ],
            },
        ),
        # The log outlives its tenant, so neither table points at the table of tenants.
        ProtectTenantTable("audit_accessentry", tenant_table=None),
        AppendOnly("audit_accessentry"),
        ProtectTenantTable("audit_release", references={"entry_id": "audit_accessentry"}, tenant_table=None),
        AppendOnly("audit_release"),
    ]
