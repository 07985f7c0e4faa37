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
        ("followup", "0006_create_suggestions"),
        ("organisations", "0004_create_registers"),
        ("people", "0015_create_children_reasons"),
        ("questionnaires", "0004_create_totals"),
    ]

    operations = [
        migrations.CreateModel(
            name="ConcernAssessment",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.UUIDField()),
                ("recorded_by_name", models.TextField(blank=True, default="")),
                ("role", models.CharField(blank=True, default="", max_length=20)),
                ("danger", models.CharField(max_length=10)),
                (
                    "consulted",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), blank=True, default=list, size=None
                    ),
                ),
                ("consulted_on", models.DateField(null=True)),
                ("judgement", models.CharField(max_length=10)),
                ("reason", medspiller.core.encryption.EncryptedText()),
                ("parents_told", models.CharField(max_length=10)),
                ("reported_on", models.DateField(null=True)),
                ("reported_to", models.CharField(blank=True, default="", max_length=20)),
                ("reported_how", models.CharField(blank=True, default="", max_length=10)),
                ("look_again_on", models.DateField(null=True)),
                ("reviewed_on", models.DateField(null=True)),
                ("confirmed_on", models.DateField(null=True)),
                ("investigates", models.BooleanField(null=True)),
                ("is_special", models.BooleanField(default=False)),
                ("investigated_on", models.DateField(null=True)),
                ("told_on", models.DateField(null=True)),
                ("settled_at", models.DateTimeField(null=True)),
                ("settled_by", models.UUIDField(null=True)),
                ("settled_by_name", models.TextField(blank=True, default="")),
                ("settled_why", medspiller.core.encryption.EncryptedText(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "earlier",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="followup.concernassessment",
                    ),
                ),
                (
                    "response",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="questionnaires.response",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.unit"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ConcernAssessmentHistoryrow",
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
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.UUIDField()),
                ("recorded_by_name", models.TextField(blank=True, default="")),
                ("role", models.CharField(blank=True, default="", max_length=20)),
                ("danger", models.CharField(max_length=10)),
                (
                    "consulted",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), blank=True, default=list, size=None
                    ),
                ),
                ("consulted_on", models.DateField(null=True)),
                ("judgement", models.CharField(max_length=10)),
                ("parents_told", models.CharField(max_length=10)),
                ("reported_on", models.DateField(null=True)),
                ("reported_to", models.CharField(blank=True, default="", max_length=20)),
                ("reported_how", models.CharField(blank=True, default="", max_length=10)),
                ("look_again_on", models.DateField(null=True)),
                ("reviewed_on", models.DateField(null=True)),
                ("confirmed_on", models.DateField(null=True)),
                ("investigates", models.BooleanField(null=True)),
                ("is_special", models.BooleanField(default=False)),
                ("investigated_on", models.DateField(null=True)),
                ("told_on", models.DateField(null=True)),
                ("settled_at", models.DateTimeField(null=True)),
                ("settled_by", models.UUIDField(null=True)),
                ("settled_by_name", models.TextField(blank=True, default="")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "child",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "earlier",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="followup.concernassessment",
                    ),
                ),
                (
                    "response",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="questionnaires.response",
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
        migrations.AddIndex(
            model_name="concernassessment",
            index=models.Index(fields=["tenant_id", "child", "-recorded_at"], name="followup_concern_of_child"),
        ),
        migrations.AddConstraint(
            model_name="concernassessment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("judgement__in", ["reports", "not-now", "in-doubt"]),
                    ("danger__in", ["yes", "no", "unsure"]),
                    ("parents_told__in", ["yes", "not-yet", "unsafe"]),
                    ("role__in", ["", "health", "social", "school", "kindergarten", "other-public", "other"]),
                    (
                        "consulted__contained_by",
                        ["leader", "child-welfare", "child-contact", "colleague", "police", "other", "nobody"],
                    ),
                ),
                name="followup_concern_judged",
            ),
        ),
        migrations.AddConstraint(
            model_name="concernassessment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reported_to__in", ["", "child-welfare", "emergency-service", "police"]),
                    ("reported_how__in", ["", "phone", "writing"]),
                    models.Q(
                        ("reported_on__isnull", False),
                        models.Q(
                            ("confirmed_on", None),
                            ("investigated_on", None),
                            ("reported_how", ""),
                            ("reported_to", ""),
                            ("reviewed_on", None),
                            ("told_on", None),
                        ),
                        _connector="OR",
                    ),
                ),
                name="followup_concern_reported",
            ),
        ),
        migrations.AddConstraint(
            model_name="concernassessment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("settled_at", None), ("settled_by", None)),
                    models.Q(("settled_at__gte", models.F("recorded_at")), ("settled_by__isnull", False)),
                    _connector="OR",
                ),
                name="followup_concern_settled_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="concernassessment",
            constraint=models.UniqueConstraint(
                fields=("tenant_id", "earlier"), name="followup_concern_looked_at_again_once"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="concernassessment",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "followup_concernassessmenthistoryrow" ("child_id", "confirmed_on", "consulted", "consulted_on", "danger", "earlier_id", "id", "investigated_on", "investigates", "is_special", "judgement", "look_again_on", "parents_told", "pgh_created_at", "pgh_label", "recorded_at", "recorded_by", "recorded_by_name", "reported_how", "reported_on", "reported_to", "response_id", "reviewed_on", "role", "settled_at", "settled_by", "settled_by_name", "tenant_id", "told_on", "unit_id", "version") VALUES (NEW."child_id", NEW."confirmed_on", NEW."consulted", NEW."consulted_on", NEW."danger", NEW."earlier_id", NEW."id", NEW."investigated_on", NEW."investigates", NEW."is_special", NEW."judgement", NEW."look_again_on", NEW."parents_told", NOW(), \'insert\', NEW."recorded_at", NEW."recorded_by", NEW."recorded_by_name", NEW."reported_how", NEW."reported_on", NEW."reported_to", NEW."response_id", NEW."reviewed_on", NEW."role", NEW."settled_at", NEW."settled_by", NEW."settled_by_name", NEW."tenant_id", NEW."told_on", NEW."unit_id", NEW."version"); RETURN NULL;',
                    hash="55f2c81a7476665b74f6bcdc9ddcdf93083c52b0",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_7bddb",
                    table="followup_concernassessment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="concernassessment",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."child_id" IS DISTINCT FROM (NEW."child_id") OR OLD."confirmed_on" IS DISTINCT FROM (NEW."confirmed_on") OR OLD."consulted" IS DISTINCT FROM (NEW."consulted") OR OLD."consulted_on" IS DISTINCT FROM (NEW."consulted_on") OR OLD."danger" IS DISTINCT FROM (NEW."danger") OR OLD."earlier_id" IS DISTINCT FROM (NEW."earlier_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."investigated_on" IS DISTINCT FROM (NEW."investigated_on") OR OLD."investigates" IS DISTINCT FROM (NEW."investigates") OR OLD."is_special" IS DISTINCT FROM (NEW."is_special") OR OLD."judgement" IS DISTINCT FROM (NEW."judgement") OR OLD."look_again_on" IS DISTINCT FROM (NEW."look_again_on") OR OLD."parents_told" IS DISTINCT FROM (NEW."parents_told") OR OLD."recorded_at" IS DISTINCT FROM (NEW."recorded_at") OR OLD."recorded_by" IS DISTINCT FROM (NEW."recorded_by") OR OLD."recorded_by_name" IS DISTINCT FROM (NEW."recorded_by_name") OR OLD."reported_how" IS DISTINCT FROM (NEW."reported_how") OR OLD."reported_on" IS DISTINCT FROM (NEW."reported_on") OR OLD."reported_to" IS DISTINCT FROM (NEW."reported_to") OR OLD."response_id" IS DISTINCT FROM (NEW."response_id") OR OLD."reviewed_on" IS DISTINCT FROM (NEW."reviewed_on") OR OLD."role" IS DISTINCT FROM (NEW."role") OR OLD."settled_at" IS DISTINCT FROM (NEW."settled_at") OR OLD."settled_by" IS DISTINCT FROM (NEW."settled_by") OR OLD."settled_by_name" IS DISTINCT FROM (NEW."settled_by_name") OR OLD."tenant_id" IS DISTINCT FROM (NEW."tenant_id") OR OLD."told_on" IS DISTINCT FROM (NEW."told_on") OR OLD."unit_id" IS DISTINCT FROM (NEW."unit_id") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                    func='INSERT INTO "followup_concernassessmenthistoryrow" ("child_id", "confirmed_on", "consulted", "consulted_on", "danger", "earlier_id", "id", "investigated_on", "investigates", "is_special", "judgement", "look_again_on", "parents_told", "pgh_created_at", "pgh_label", "recorded_at", "recorded_by", "recorded_by_name", "reported_how", "reported_on", "reported_to", "response_id", "reviewed_on", "role", "settled_at", "settled_by", "settled_by_name", "tenant_id", "told_on", "unit_id", "version") VALUES (NEW."child_id", NEW."confirmed_on", NEW."consulted", NEW."consulted_on", NEW."danger", NEW."earlier_id", NEW."id", NEW."investigated_on", NEW."investigates", NEW."is_special", NEW."judgement", NEW."look_again_on", NEW."parents_told", NOW(), \'update\', NEW."recorded_at", NEW."recorded_by", NEW."recorded_by_name", NEW."reported_how", NEW."reported_on", NEW."reported_to", NEW."response_id", NEW."reviewed_on", NEW."role", NEW."settled_at", NEW."settled_by", NEW."settled_by_name", NEW."tenant_id", NEW."told_on", NEW."unit_id", NEW."version"); RETURN NULL;',
                    hash="b848ce310f941e6dce02fc8a9f5b966bb9de9c5a",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_7a027",
                    table="followup_concernassessment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="concernassessment",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "followup_concernassessmenthistoryrow" ("child_id", "confirmed_on", "consulted", "consulted_on", "danger", "earlier_id", "id", "investigated_on", "investigates", "is_special", "judgement", "look_again_on", "parents_told", "pgh_created_at", "pgh_label", "recorded_at", "recorded_by", "recorded_by_name", "reported_how", "reported_on", "reported_to", "response_id", "reviewed_on", "role", "settled_at", "settled_by", "settled_by_name", "tenant_id", "told_on", "unit_id", "version") VALUES (OLD."child_id", OLD."confirmed_on", OLD."consulted", OLD."consulted_on", OLD."danger", OLD."earlier_id", OLD."id", OLD."investigated_on", OLD."investigates", OLD."is_special", OLD."judgement", OLD."look_again_on", OLD."parents_told", NOW(), \'delete\', OLD."recorded_at", OLD."recorded_by", OLD."recorded_by_name", OLD."reported_how", OLD."reported_on", OLD."reported_to", OLD."response_id", OLD."reviewed_on", OLD."role", OLD."settled_at", OLD."settled_by", OLD."settled_by_name", OLD."tenant_id", OLD."told_on", OLD."unit_id", OLD."version"); RETURN NULL;',
                    hash="0d147c20770b84a90d466c8664247d4dbeaf8479",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_867d2",
                    table="followup_concernassessment",
                    when="AFTER",
                ),
            ),
        ),
        ProtectTenantTable(
            "followup_concernassessment",
            references={
                "child_id": "people_person",
                "unit_id": "organisations_unit",
                "response_id": "questionnaires_response",
                "earlier_id": "followup_concernassessment",
            },
            tenant_table="organisations_tenant",
        ),
        ProtectHistory("followup_concernassessmenthistoryrow"),
    ]
