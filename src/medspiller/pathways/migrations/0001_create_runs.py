import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import medspiller.core.encryption
import medspiller.core.ids
import medspiller.core.tenancy
from medspiller.core.schema import AppendOnly, ProtectTenantTable


class Migration(migrations.Migration):
    initial = True

    dependencies = [("organisations", "0001_create_organisations")]

    operations = [
        migrations.CreateModel(
            name="Run",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("subject_type", models.CharField(max_length=60)),
                ("subject_id", models.UUIDField()),
                ("pathway_url", models.CharField(max_length=400)),
                ("pathway_version", models.CharField(max_length=64)),
                ("pathway_digest", models.CharField(max_length=64)),
                ("slug", models.CharField(max_length=60)),
                ("started_on", models.DateField()),
                ("state", models.CharField(default="open", max_length=10)),
                ("paused_until", models.DateField(null=True)),
                ("phase", models.CharField(max_length=60)),
                ("look_again_on", models.DateField(null=True)),
                ("ended_on", models.DateField(null=True)),
                ("end_reason", models.CharField(blank=True, default="", max_length=60)),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["tenant_id", "subject_type", "subject_id"], name="pathways_run_of_subject"),
                    models.Index(
                        condition=models.Q(("look_again_on__isnull", False)),
                        fields=["tenant_id", "look_again_on", "id"],
                        name="pathways_run_to_look_at",
                    ),
                    models.Index(fields=["tenant_id", "slug", "state"], name="pathways_run_of_pathway"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "paused", "closed"])), name="pathways_run_state"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_on__isnull", False),
                                ("look_again_on__isnull", True),
                                ("state", "closed"),
                                models.Q(("end_reason", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "closed"), _negated=True),
                                ("end_reason", ""),
                                ("ended_on__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="pathways_run_ended_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("paused_until__isnull", False), ("state", "paused")),
                            models.Q(models.Q(("state", "paused"), _negated=True), ("paused_until__isnull", True)),
                            _connector="OR",
                        ),
                        name="pathways_run_paused_until",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True), ("ended_on__gte", models.F("started_on")), _connector="OR"
                        ),
                        name="pathways_run_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("subject_type", ""), _negated=True), models.Q(("slug", ""), _negated=True)
                        ),
                        name="pathways_run_says_what",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OpenStep",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("step", models.CharField(max_length=60)),
                ("occurrence", models.PositiveIntegerField()),
                ("due_on", models.DateField(null=True)),
                ("opened_on", models.DateField()),
                ("is_statutory", models.BooleanField()),
                (
                    "roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30), default=list, size=None
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="open_steps", to="pathways.run"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["tenant_id", "due_on"], name="pathways_openstep_due")],
                "constraints": [
                    models.UniqueConstraint(fields=("tenant_id", "run", "step"), name="pathways_openstep_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Happening",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("seq", models.PositiveIntegerField()),
                ("kind", models.CharField(max_length=10)),
                ("step", models.CharField(blank=True, default="", max_length=60)),
                ("occurrence", models.PositiveIntegerField(default=0)),
                ("event", models.CharField(blank=True, default="", max_length=40)),
                ("fact", models.CharField(blank=True, default="", max_length=60)),
                ("value", models.BooleanField(null=True)),
                ("response", models.CharField(blank=True, default="", max_length=400)),
                ("result", models.CharField(blank=True, default="", max_length=60)),
                ("until", models.DateField(null=True)),
                ("undoes", models.PositiveIntegerField(default=0)),
                ("version", models.CharField(blank=True, default="", max_length=64)),
                ("on", models.DateField()),
                ("told_on", models.DateField()),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("by_name", models.TextField(blank=True, default="")),
                ("reason", medspiller.core.encryption.EncryptedText(null=True)),
                ("source_type", models.CharField(blank=True, default="", max_length=60)),
                ("source_id", models.UUIDField(null=True)),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="happenings", to="pathways.run"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("source_id__isnull", False)),
                        fields=["tenant_id", "source_type", "source_id"],
                        name="pathways_happening_of_source",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("tenant_id", "run", "seq"), name="pathways_happening_in_line"),
                    models.UniqueConstraint(
                        condition=models.Q(("source_id__isnull", False)),
                        fields=("tenant_id", "run", "source_type", "source_id", "kind", "step", "event", "fact"),
                        name="pathways_happening_of_source_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "started",
                                    "done",
                                    "skipped",
                                    "fact",
                                    "event",
                                    "response",
                                    "paused",
                                    "resumed",
                                    "undone",
                                    "withdrawn",
                                    "moved",
                                    "closed",
                                ],
                            )
                        ),
                        name="pathways_happening_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("source_id__isnull", True), ("source_type", "")),
                            models.Q(models.Q(("source_type", ""), _negated=True), ("source_id__isnull", False)),
                            _connector="OR",
                        ),
                        name="pathways_happening_source_whole",
                    ),
                ],
            },
        ),
        ProtectTenantTable("pathways_run", tenant_table="organisations_tenant"),
        ProtectTenantTable(
            "pathways_openstep", references={"run_id": "pathways_run"}, tenant_table="organisations_tenant"
        ),
        ProtectTenantTable(
            "pathways_happening", references={"run_id": "pathways_run"}, tenant_table="organisations_tenant"
        ),
        AppendOnly("pathways_happening"),
    ]
