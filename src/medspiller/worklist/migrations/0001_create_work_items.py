import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import medspiller.core.history
import medspiller.core.ids
import medspiller.core.tenancy
from medspiller.core.schema import ProtectHistory, ProtectTenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0004_create_registers"),
        ("people", "0003_create_involvement"),
    ]

    operations = [
        migrations.CreateModel(
            name="WorkItemHistoryrow",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_actor_id",
                    models.UUIDField(db_default=medspiller.core.history.CurrentActor(), editable=False, null=True),
                ),
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                ("id", models.UUIDField(default=medspiller.core.ids.new_id, editable=False, serialize=False)),
                ("kind", models.CharField(max_length=40)),
                ("subject_type", models.CharField(max_length=60)),
                ("subject_id", models.UUIDField()),
                (
                    "roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30), blank=True, default=list, size=None
                    ),
                ),
                ("due_on", models.DateField(null=True)),
                ("put_at", models.DateTimeField()),
                ("taken_by", models.UUIDField(null=True)),
                ("taken_by_name", models.TextField(blank=True, default="")),
                ("taken_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                ("done_by", models.UUIDField(null=True)),
                ("done_by_name", models.TextField(blank=True, default="")),
                ("outcome", models.CharField(blank=True, default="", max_length=20)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_why", models.CharField(blank=True, default="", max_length=20)),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organisations.unit",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="WorkItem",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                ("subject_type", models.CharField(max_length=60)),
                ("subject_id", models.UUIDField()),
                (
                    "roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30), blank=True, default=list, size=None
                    ),
                ),
                ("due_on", models.DateField(null=True)),
                ("put_at", models.DateTimeField()),
                ("taken_by", models.UUIDField(null=True)),
                ("taken_by_name", models.TextField(blank=True, default="")),
                ("taken_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                ("done_by", models.UUIDField(null=True)),
                ("done_by_name", models.TextField(blank=True, default="")),
                ("outcome", models.CharField(blank=True, default="", max_length=20)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_why", models.CharField(blank=True, default="", max_length=20)),
                (
                    "person",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.unit"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at__isnull", True), ("withdrawn_at__isnull", True)),
                        fields=["tenant_id", "unit", "due_on", "put_at", "id"],
                        name="worklist_workitem_open",
                    ),
                    models.Index(
                        condition=models.Q(("done_at__isnull", True), ("withdrawn_at__isnull", True)),
                        fields=["tenant_id", "due_on", "put_at", "id"],
                        name="worklist_workitem_urgent",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("done_at__isnull", True), ("withdrawn_at__isnull", True), ("taken_by__isnull", False)
                        ),
                        fields=["tenant_id", "taken_by"],
                        name="worklist_workitem_taken",
                    ),
                    models.Index(
                        condition=models.Q(("done_at__isnull", True), ("withdrawn_at__isnull", True)),
                        fields=["tenant_id", "person"],
                        name="worklist_workitem_about",
                    ),
                    models.Index(
                        condition=models.Q(("done_at__isnull", True), ("withdrawn_at__isnull", True)),
                        fields=["tenant_id", "subject_id"],
                        name="worklist_workitem_subject",
                    ),
                    models.Index(
                        condition=models.Q(("done_at__isnull", False)),
                        fields=["tenant_id", "unit", "-done_at"],
                        name="worklist_workitem_done",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("done_at__isnull", True), ("withdrawn_at__isnull", True)),
                        fields=("tenant_id", "kind", "subject_type", "subject_id", "unit"),
                        name="worklist_workitem_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("taken_at__isnull", True), ("taken_by__isnull", True), ("taken_by_name", "")),
                            models.Q(("taken_at__isnull", False), ("taken_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="worklist_workitem_taken_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("done_at__isnull", True),
                                ("done_by__isnull", True),
                                ("done_by_name", ""),
                                ("outcome", ""),
                            ),
                            models.Q(
                                ("done_at__isnull", False),
                                ("done_by__isnull", False),
                                ("outcome__in", ["done", "not_needed"]),
                            ),
                            _connector="OR",
                        ),
                        name="worklist_workitem_done_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at__isnull", True), ("withdrawn_why", "")),
                            models.Q(
                                ("withdrawn_at__isnull", False),
                                (
                                    "withdrawn_why__in",
                                    [
                                        "answered",
                                        "informed",
                                        "renewed",
                                        "ended",
                                        "not_followed_up",
                                        "merged",
                                        "seen_to",
                                        "moved",
                                    ],
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="worklist_workitem_withdrawn_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("done_at__isnull", True), ("withdrawn_at__isnull", True), _connector="OR"),
                        name="worklist_workitem_over_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", ""), _negated=True), models.Q(("subject_type", ""), _negated=True)
                        ),
                        name="worklist_workitem_says_what",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="workitem",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "worklist_workitemhistoryrow" ("done_at", "done_by", "done_by_name", "due_on", "id", "kind", "outcome", "person_id", "pgh_created_at", "pgh_label", "put_at", "roles", "subject_id", "subject_type", "taken_at", "taken_by", "taken_by_name", "tenant_id", "unit_id", "withdrawn_at", "withdrawn_why") VALUES (NEW."done_at", NEW."done_by", NEW."done_by_name", NEW."due_on", NEW."id", NEW."kind", NEW."outcome", NEW."person_id", NOW(), \'insert\', NEW."put_at", NEW."roles", NEW."subject_id", NEW."subject_type", NEW."taken_at", NEW."taken_by", NEW."taken_by_name", NEW."tenant_id", NEW."unit_id", NEW."withdrawn_at", NEW."withdrawn_why"); RETURN NULL;',
                    hash="07fa57c2074b5df2b3a6faba3733c73428f72836",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_e15b5",
                    table="worklist_workitem",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="workitem",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "worklist_workitemhistoryrow" ("done_at", "done_by", "done_by_name", "due_on", "id", "kind", "outcome", "person_id", "pgh_created_at", "pgh_label", "put_at", "roles", "subject_id", "subject_type", "taken_at", "taken_by", "taken_by_name", "tenant_id", "unit_id", "withdrawn_at", "withdrawn_why") VALUES (NEW."done_at", NEW."done_by", NEW."done_by_name", NEW."due_on", NEW."id", NEW."kind", NEW."outcome", NEW."person_id", NOW(), \'update\', NEW."put_at", NEW."roles", NEW."subject_id", NEW."subject_type", NEW."taken_at", NEW."taken_by", NEW."taken_by_name", NEW."tenant_id", NEW."unit_id", NEW."withdrawn_at", NEW."withdrawn_why"); RETURN NULL;',
                    hash="fd9079375064a9b24713eea86777e509da238afc",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_3c65e",
                    table="worklist_workitem",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="workitem",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "worklist_workitemhistoryrow" ("done_at", "done_by", "done_by_name", "due_on", "id", "kind", "outcome", "person_id", "pgh_created_at", "pgh_label", "put_at", "roles", "subject_id", "subject_type", "taken_at", "taken_by", "taken_by_name", "tenant_id", "unit_id", "withdrawn_at", "withdrawn_why") VALUES (OLD."done_at", OLD."done_by", OLD."done_by_name", OLD."due_on", OLD."id", OLD."kind", OLD."outcome", OLD."person_id", NOW(), \'delete\', OLD."put_at", OLD."roles", OLD."subject_id", OLD."subject_type", OLD."taken_at", OLD."taken_by", OLD."taken_by_name", OLD."tenant_id", OLD."unit_id", OLD."withdrawn_at", OLD."withdrawn_why"); RETURN NULL;',
                    hash="03f44f7460e43f69308565d20846e5faaae4a42c",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_c5022",
                    table="worklist_workitem",
                    when="AFTER",
                ),
            ),
        ),
        ProtectTenantTable(
            "worklist_workitem",
            references={"person_id": "people_person", "unit_id": "organisations_unit"},
            tenant_table="organisations_tenant",
        ),
        ProtectHistory("worklist_workitemhistoryrow"),
    ]
