import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import medspiller.core.encryption
import medspiller.core.history
import medspiller.core.ids
import medspiller.core.tenancy
from medspiller.core.schema import ProtectHistory, ProtectTenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("followup", "0005_create_needs"),
    ]

    operations = [
        migrations.CreateModel(
            name="Suggestion",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(max_length=10)),
                ("target", models.CharField(max_length=200)),
                ("title", models.JSONField()),
                (
                    "reasons",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), default=list, size=None
                    ),
                ),
                ("need", models.CharField(blank=True, default="", max_length=40)),
                (
                    "rests_on",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100), blank=True, default=list, size=None
                    ),
                ),
                ("rank", models.PositiveSmallIntegerField(default=0)),
                ("suggested_at", models.DateTimeField()),
                ("suggested_by", models.UUIDField()),
                ("suggested_by_name", models.TextField(blank=True, default="")),
                ("state", models.CharField(default="suggested", max_length=10)),
                ("reason", models.CharField(blank=True, default="", max_length=20)),
                ("note", medspiller.core.encryption.EncryptedText(null=True)),
                ("later_on", models.DateField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("answered_by", models.UUIDField(null=True)),
                ("answered_by_name", models.TextField(blank=True, default="")),
                ("by_carer", models.BooleanField(default=False)),
                ("changed_at", models.DateTimeField(null=True)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="suggestions", to="followup.carerfile"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SuggestionHistoryrow",
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
                ("kind", models.CharField(max_length=10)),
                ("target", models.CharField(max_length=200)),
                ("title", models.JSONField()),
                (
                    "reasons",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), default=list, size=None
                    ),
                ),
                ("need", models.CharField(blank=True, default="", max_length=40)),
                (
                    "rests_on",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100), blank=True, default=list, size=None
                    ),
                ),
                ("rank", models.PositiveSmallIntegerField(default=0)),
                ("suggested_at", models.DateTimeField()),
                ("suggested_by", models.UUIDField()),
                ("suggested_by_name", models.TextField(blank=True, default="")),
                ("state", models.CharField(default="suggested", max_length=10)),
                ("reason", models.CharField(blank=True, default="", max_length=20)),
                ("later_on", models.DateField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("answered_by", models.UUIDField(null=True)),
                ("answered_by_name", models.TextField(blank=True, default="")),
                ("by_carer", models.BooleanField(default=False)),
                ("changed_at", models.DateTimeField(null=True)),
                (
                    "file",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="followup.carerfile",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddIndex(
            model_name="suggestion",
            index=models.Index(fields=["tenant_id", "file", "rank"], name="followup_suggestion_of_file"),
        ),
        migrations.AddIndex(
            model_name="suggestion",
            index=models.Index(
                condition=models.Q(("state__in", ["accepted", "later", "suggested"])),
                fields=["tenant_id", "kind", "target"],
                name="followup_suggestion_target",
            ),
        ),
        migrations.AddIndex(
            model_name="suggestion",
            index=models.Index(
                condition=models.Q(("state", "declined")),
                fields=["tenant_id", "answered_at"],
                name="followup_suggestion_declined",
            ),
        ),
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["accepted", "later", "suggested"])),
                fields=("tenant_id", "file", "kind", "target"),
                name="followup_suggestion_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["right", "offer"]), models.Q(("target", ""), _negated=True)),
                name="followup_suggestion_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["suggested", "accepted", "declined", "later", "withdrawn"])),
                name="followup_suggestion_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "reason__in",
                            [
                                "does_not_fit",
                                "wrong_time",
                                "too_far",
                                "long_wait",
                                "costs",
                                "language",
                                "not_for_mine",
                                "not_entitled",
                                "has_it",
                                "manages",
                                "not_said",
                            ],
                        ),
                        ("state", "declined"),
                    ),
                    models.Q(models.Q(("state", "declined"), _negated=True), ("reason", "")),
                    _connector="OR",
                ),
                name="followup_suggestion_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("later_on__isnull", False), ("state", "later")),
                    models.Q(models.Q(("state", "later"), _negated=True), ("later_on", None)),
                    _connector="OR",
                ),
                name="followup_suggestion_later",
            ),
        ),
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("need", ""),
                    (
                        "need__in",
                        [
                            "information",
                            "someone-to-talk-to",
                            "respite-hours",
                            "respite-stay",
                            "night-rest",
                            "practical-help",
                            "economy",
                            "work-and-leave",
                            "own-health",
                            "children-at-home",
                            "network",
                            "training-skills",
                            "coordination",
                            "interpreter",
                            "technical-aids",
                            "crisis-plan",
                            "peers",
                            "bereavement",
                        ],
                    ),
                    _connector="OR",
                ),
                name="followup_suggestion_need",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="suggestion",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "followup_suggestionhistoryrow" ("answered_at", "answered_by", "answered_by_name", "by_carer", "changed_at", "file_id", "id", "kind", "later_on", "need", "pgh_created_at", "pgh_label", "rank", "reason", "reasons", "rests_on", "state", "suggested_at", "suggested_by", "suggested_by_name", "target", "tenant_id", "title") VALUES (NEW."answered_at", NEW."answered_by", NEW."answered_by_name", NEW."by_carer", NEW."changed_at", NEW."file_id", NEW."id", NEW."kind", NEW."later_on", NEW."need", NOW(), \'insert\', NEW."rank", NEW."reason", NEW."reasons", NEW."rests_on", NEW."state", NEW."suggested_at", NEW."suggested_by", NEW."suggested_by_name", NEW."target", NEW."tenant_id", NEW."title"); RETURN NULL;',
                    hash="a042c0abcca15b8fba595e4b89b8ee66e0343493",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_71910",
                    table="followup_suggestion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="suggestion",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."answered_at" IS DISTINCT FROM (NEW."answered_at") OR OLD."answered_by" IS DISTINCT FROM (NEW."answered_by") OR OLD."answered_by_name" IS DISTINCT FROM (NEW."answered_by_name") OR OLD."by_carer" IS DISTINCT FROM (NEW."by_carer") OR OLD."changed_at" IS DISTINCT FROM (NEW."changed_at") OR OLD."file_id" IS DISTINCT FROM (NEW."file_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."later_on" IS DISTINCT FROM (NEW."later_on") OR OLD."need" IS DISTINCT FROM (NEW."need") OR OLD."rank" IS DISTINCT FROM (NEW."rank") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."reasons" IS DISTINCT FROM (NEW."reasons") OR OLD."rests_on" IS DISTINCT FROM (NEW."rests_on") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."suggested_at" IS DISTINCT FROM (NEW."suggested_at") OR OLD."suggested_by" IS DISTINCT FROM (NEW."suggested_by") OR OLD."suggested_by_name" IS DISTINCT FROM (NEW."suggested_by_name") OR OLD."target" IS DISTINCT FROM (NEW."target") OR OLD."tenant_id" IS DISTINCT FROM (NEW."tenant_id") OR OLD."title" IS DISTINCT FROM (NEW."title"))',
                    func='INSERT INTO "followup_suggestionhistoryrow" ("answered_at", "answered_by", "answered_by_name", "by_carer", "changed_at", "file_id", "id", "kind", "later_on", "need", "pgh_created_at", "pgh_label", "rank", "reason", "reasons", "rests_on", "state", "suggested_at", "suggested_by", "suggested_by_name", "target", "tenant_id", "title") VALUES (NEW."answered_at", NEW."answered_by", NEW."answered_by_name", NEW."by_carer", NEW."changed_at", NEW."file_id", NEW."id", NEW."kind", NEW."later_on", NEW."need", NOW(), \'update\', NEW."rank", NEW."reason", NEW."reasons", NEW."rests_on", NEW."state", NEW."suggested_at", NEW."suggested_by", NEW."suggested_by_name", NEW."target", NEW."tenant_id", NEW."title"); RETURN NULL;',
                    hash="7eb031e5b6c7ad49ff2da03d2c81aab4bf90d9e2",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_01856",
                    table="followup_suggestion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="suggestion",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "followup_suggestionhistoryrow" ("answered_at", "answered_by", "answered_by_name", "by_carer", "changed_at", "file_id", "id", "kind", "later_on", "need", "pgh_created_at", "pgh_label", "rank", "reason", "reasons", "rests_on", "state", "suggested_at", "suggested_by", "suggested_by_name", "target", "tenant_id", "title") VALUES (OLD."answered_at", OLD."answered_by", OLD."answered_by_name", OLD."by_carer", OLD."changed_at", OLD."file_id", OLD."id", OLD."kind", OLD."later_on", OLD."need", NOW(), \'delete\', OLD."rank", OLD."reason", OLD."reasons", OLD."rests_on", OLD."state", OLD."suggested_at", OLD."suggested_by", OLD."suggested_by_name", OLD."target", OLD."tenant_id", OLD."title"); RETURN NULL;',
                    hash="680d9090c82fc09934936b30eb85a81dae2dce97",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_70f27",
                    table="followup_suggestion",
                    when="AFTER",
                ),
            ),
        ),
        ProtectTenantTable(
            "followup_suggestion", references={"file_id": "followup_carerfile"}, tenant_table="organisations_tenant"
        ),
        ProtectHistory("followup_suggestionhistoryrow"),
    ]
