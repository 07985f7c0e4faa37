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
        ("people", "0008_create_consents"),
    ]

    operations = [
        migrations.CreateModel(
            name="CircumstanceJudged",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("judged_by", models.UUIDField()),
                ("judged_by_name", models.TextField(blank=True, default="")),
                ("judged_at", models.DateTimeField()),
                ("reason", models.TextField()),
                ("review_on", models.DateField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.UUIDField(null=True)),
                ("ended_by_name", models.TextField(blank=True, default="")),
                ("end_reason", models.CharField(blank=True, default="", max_length=500)),
                ("code", models.CharField(max_length=50)),
            ],
        ),
        migrations.CreateModel(
            name="CircumstanceJudgedHistoryrow",
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
                ("judged_by", models.UUIDField()),
                ("judged_by_name", models.TextField(blank=True, default="")),
                ("judged_at", models.DateTimeField()),
                ("reason", models.TextField()),
                ("review_on", models.DateField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.UUIDField(null=True)),
                ("ended_by_name", models.TextField(blank=True, default="")),
                ("end_reason", models.CharField(blank=True, default="", max_length=500)),
                ("code", models.CharField(max_length=50)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CompetenceDecision",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("judged_by", models.UUIDField()),
                ("judged_by_name", models.TextField(blank=True, default="")),
                ("judged_at", models.DateTimeField()),
                ("reason", models.TextField()),
                ("review_on", models.DateField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.UUIDField(null=True)),
                ("ended_by_name", models.TextField(blank=True, default="")),
                ("end_reason", models.CharField(blank=True, default="", max_length=500)),
                ("matter", models.CharField(max_length=300)),
                ("competent", models.BooleanField()),
                ("shown_to_patient_at", models.DateTimeField(null=True)),
                ("shown_to_nearest_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="CompetenceDecisionHistoryrow",
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
                ("judged_by", models.UUIDField()),
                ("judged_by_name", models.TextField(blank=True, default="")),
                ("judged_at", models.DateTimeField()),
                ("reason", models.TextField()),
                ("review_on", models.DateField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.UUIDField(null=True)),
                ("ended_by_name", models.TextField(blank=True, default="")),
                ("end_reason", models.CharField(blank=True, default="", max_length=500)),
                ("matter", models.CharField(max_length=300)),
                ("competent", models.BooleanField()),
                ("shown_to_patient_at", models.DateTimeField(null=True)),
                ("shown_to_nearest_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="circumstancejudged",
            name="patient",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="circumstances", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="circumstancejudged",
            name="recipient",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="circumstancejudged",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.unit"
            ),
        ),
        migrations.AddField(
            model_name="circumstancejudgedhistoryrow",
            name="patient",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="people.person",
            ),
        ),
        migrations.AddField(
            model_name="circumstancejudgedhistoryrow",
            name="recipient",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="people.person",
            ),
        ),
        migrations.AddField(
            model_name="circumstancejudgedhistoryrow",
            name="unit",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="organisations.unit",
            ),
        ),
        migrations.AddField(
            model_name="competencedecision",
            name="patient",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="competence_decisions", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="competencedecision",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.unit"
            ),
        ),
        migrations.AddField(
            model_name="competencedecisionhistoryrow",
            name="patient",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="people.person",
            ),
        ),
        migrations.AddField(
            model_name="competencedecisionhistoryrow",
            name="unit",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="organisations.unit",
            ),
        ),
        migrations.AddIndex(
            model_name="circumstancejudged",
            index=models.Index(
                condition=models.Q(("ended_at", None)), fields=["tenant_id", "patient"], name="people_circumstance_of"
            ),
        ),
        migrations.AddConstraint(
            model_name="circumstancejudged",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "code__in",
                        [
                            "weighty_interest_against_parents",
                            "child_refuses_with_reason",
                            "necessary_for_parental_responsibility",
                            "danger_to_others",
                            "concern_for_child_in_care",
                            "death_unexpected",
                            "weighty_reason_after_death",
                            "situation_calls_for_it",
                        ],
                    )
                ),
                name="people_circumstance_code",
            ),
        ),
        migrations.AddConstraint(
            model_name="circumstancejudged",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="people_circumstance_says_why"
            ),
        ),
        migrations.AddConstraint(
            model_name="circumstancejudged",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("recipient", None), models.Q(("recipient", models.F("patient")), _negated=True), _connector="OR"
                ),
                name="people_circumstance_to_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="circumstancejudged",
            constraint=models.CheckConstraint(
                condition=models.Q(("ended_at", None), ("ended_at__gte", models.F("judged_at")), _connector="OR"),
                name="people_circumstance_period",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="circumstancejudged",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "people_circumstancejudgedhistoryrow" ("code", "end_reason", "ended_at", "ended_by", "ended_by_name", "id", "judged_at", "judged_by", "judged_by_name", "patient_id", "pgh_created_at", "pgh_label", "reason", "recipient_id", "review_on", "tenant_id", "unit_id") VALUES (NEW."code", NEW."end_reason", NEW."ended_at", NEW."ended_by", NEW."ended_by_name", NEW."id", NEW."judged_at", NEW."judged_by", NEW."judged_by_name", NEW."patient_id", NOW(), \'insert\', NEW."reason", NEW."recipient_id", NEW."review_on", NEW."tenant_id", NEW."unit_id"); RETURN NULL;',
                    hash="7990376443eb10bc53abb78a49a88055b5e8f8ce",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_cad8b",
                    table="people_circumstancejudged",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="circumstancejudged",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "people_circumstancejudgedhistoryrow" ("code", "end_reason", "ended_at", "ended_by", "ended_by_name", "id", "judged_at", "judged_by", "judged_by_name", "patient_id", "pgh_created_at", "pgh_label", "reason", "recipient_id", "review_on", "tenant_id", "unit_id") VALUES (NEW."code", NEW."end_reason", NEW."ended_at", NEW."ended_by", NEW."ended_by_name", NEW."id", NEW."judged_at", NEW."judged_by", NEW."judged_by_name", NEW."patient_id", NOW(), \'update\', NEW."reason", NEW."recipient_id", NEW."review_on", NEW."tenant_id", NEW."unit_id"); RETURN NULL;',
                    hash="61d9c69ca6030ccf2e4b424887079dac4c3118f6",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_a83cf",
                    table="people_circumstancejudged",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="circumstancejudged",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "people_circumstancejudgedhistoryrow" ("code", "end_reason", "ended_at", "ended_by", "ended_by_name", "id", "judged_at", "judged_by", "judged_by_name", "patient_id", "pgh_created_at", "pgh_label", "reason", "recipient_id", "review_on", "tenant_id", "unit_id") VALUES (OLD."code", OLD."end_reason", OLD."ended_at", OLD."ended_by", OLD."ended_by_name", OLD."id", OLD."judged_at", OLD."judged_by", OLD."judged_by_name", OLD."patient_id", NOW(), \'delete\', OLD."reason", OLD."recipient_id", OLD."review_on", OLD."tenant_id", OLD."unit_id"); RETURN NULL;',
                    hash="5a2a573deb9d530d42024d93f92ecd577acd49c4",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_428b2",
                    table="people_circumstancejudged",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="competencedecision",
            index=models.Index(
                condition=models.Q(("ended_at", None)),
                fields=["tenant_id", "patient"],
                name="people_competencedecision_of",
            ),
        ),
        migrations.AddConstraint(
            model_name="competencedecision",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="people_competencedecision_says_why"
            ),
        ),
        migrations.AddConstraint(
            model_name="competencedecision",
            constraint=models.CheckConstraint(
                condition=models.Q(("matter", ""), _negated=True), name="people_competencedecision_has_matter"
            ),
        ),
        migrations.AddConstraint(
            model_name="competencedecision",
            constraint=models.CheckConstraint(
                condition=models.Q(("competent", True), ("review_on__isnull", False), _connector="OR"),
                name="people_competencedecision_is_reviewed",
            ),
        ),
        migrations.AddConstraint(
            model_name="competencedecision",
            constraint=models.CheckConstraint(
                condition=models.Q(("ended_at", None), ("ended_at__gte", models.F("judged_at")), _connector="OR"),
                name="people_competencedecision_period",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="competencedecision",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "people_competencedecisionhistoryrow" ("competent", "end_reason", "ended_at", "ended_by", "ended_by_name", "id", "judged_at", "judged_by", "judged_by_name", "matter", "patient_id", "pgh_created_at", "pgh_label", "reason", "review_on", "shown_to_nearest_at", "shown_to_patient_at", "tenant_id", "unit_id") VALUES (NEW."competent", NEW."end_reason", NEW."ended_at", NEW."ended_by", NEW."ended_by_name", NEW."id", NEW."judged_at", NEW."judged_by", NEW."judged_by_name", NEW."matter", NEW."patient_id", NOW(), \'insert\', NEW."reason", NEW."review_on", NEW."shown_to_nearest_at", NEW."shown_to_patient_at", NEW."tenant_id", NEW."unit_id"); RETURN NULL;',
                    hash="9fd3758c292e24a4892f66dcdf2fde777c8a19b9",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_31980",
                    table="people_competencedecision",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="competencedecision",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "people_competencedecisionhistoryrow" ("competent", "end_reason", "ended_at", "ended_by", "ended_by_name", "id", "judged_at", "judged_by", "judged_by_name", "matter", "patient_id", "pgh_created_at", "pgh_label", "reason", "review_on", "shown_to_nearest_at", "shown_to_patient_at", "tenant_id", "unit_id") VALUES (NEW."competent", NEW."end_reason", NEW."ended_at", NEW."ended_by", NEW."ended_by_name", NEW."id", NEW."judged_at", NEW."judged_by", NEW."judged_by_name", NEW."matter", NEW."patient_id", NOW(), \'update\', NEW."reason", NEW."review_on", NEW."shown_to_nearest_at", NEW."shown_to_patient_at", NEW."tenant_id", NEW."unit_id"); RETURN NULL;',
                    hash="3c29daef45d564caa334c3e2ca7436521e47196e",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_778e6",
                    table="people_competencedecision",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="competencedecision",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "people_competencedecisionhistoryrow" ("competent", "end_reason", "ended_at", "ended_by", "ended_by_name", "id", "judged_at", "judged_by", "judged_by_name", "matter", "patient_id", "pgh_created_at", "pgh_label", "reason", "review_on", "shown_to_nearest_at", "shown_to_patient_at", "tenant_id", "unit_id") VALUES (OLD."competent", OLD."end_reason", OLD."ended_at", OLD."ended_by", OLD."ended_by_name", OLD."id", OLD."judged_at", OLD."judged_by", OLD."judged_by_name", OLD."matter", OLD."patient_id", NOW(), \'delete\', OLD."reason", OLD."review_on", OLD."shown_to_nearest_at", OLD."shown_to_patient_at", OLD."tenant_id", OLD."unit_id"); RETURN NULL;',
                    hash="0d0b639a4393bd944534e59e6c62bc090989269a",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_9f7e3",
                    table="people_competencedecision",
                    when="AFTER",
                ),
            ),
        ),
        ProtectTenantTable(
            "people_circumstancejudged",
            references={
                "unit_id": "organisations_unit",
                "patient_id": "people_person",
                "recipient_id": "people_person",
            },
            tenant_table="organisations_tenant",
        ),
        ProtectTenantTable(
            "people_competencedecision",
            references={"unit_id": "organisations_unit", "patient_id": "people_person"},
            tenant_table="organisations_tenant",
        ),
        ProtectHistory("people_circumstancejudgedhistoryrow"),
        ProtectHistory("people_competencedecisionhistoryrow"),
    ]
