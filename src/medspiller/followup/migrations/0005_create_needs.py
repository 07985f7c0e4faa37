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
        ("followup", "0004_create_handovers"),
        ("questionnaires", "0004_create_totals"),
    ]

    operations = [
        migrations.CreateModel(
            name="Need",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("code", models.CharField(max_length=40)),
                ("source", models.CharField(max_length=10)),
                ("questionnaire", models.CharField(blank=True, default="", max_length=600)),
                ("link_id", models.CharField(blank=True, default="", max_length=255)),
                ("said_on", models.DateField()),
                ("noted_at", models.DateTimeField()),
                ("noted_by", models.UUIDField()),
                ("noted_by_name", models.TextField(blank=True, default="")),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.UUIDField(null=True)),
                ("ended_because", models.CharField(blank=True, default="", max_length=20)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="needs", to="followup.carerfile"
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
            ],
        ),
        migrations.CreateModel(
            name="NeedHistoryrow",
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
                ("code", models.CharField(max_length=40)),
                ("source", models.CharField(max_length=10)),
                ("questionnaire", models.CharField(blank=True, default="", max_length=600)),
                ("link_id", models.CharField(blank=True, default="", max_length=255)),
                ("said_on", models.DateField()),
                ("noted_at", models.DateTimeField()),
                ("noted_by", models.UUIDField()),
                ("noted_by_name", models.TextField(blank=True, default="")),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.UUIDField(null=True)),
                ("ended_because", models.CharField(blank=True, default="", max_length=20)),
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddIndex(
            model_name="need",
            index=models.Index(
                condition=models.Q(("ended_at", None)), fields=["tenant_id", "file"], name="followup_need_of_file"
            ),
        ),
        migrations.AddConstraint(
            model_name="need",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("tenant_id", "file", "code", "response"),
                name="followup_need_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="need",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "code__in",
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
                    )
                ),
                name="followup_need_code",
            ),
        ),
        migrations.AddConstraint(
            model_name="need",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("link_id", ""), ("response", None), ("source", "talk")),
                    models.Q(("response__isnull", False), ("source", "answers")),
                    _connector="OR",
                ),
                name="followup_need_source",
            ),
        ),
        migrations.AddConstraint(
            model_name="need",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("ended_because", ""), ("ended_by", None)),
                    models.Q(
                        ("ended_at__gte", models.F("noted_at")),
                        ("ended_because__in", ["met", "no_longer", "not_said_again", "entered_in_error"]),
                        ("ended_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="followup_need_ended_whole",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="need",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "followup_needhistoryrow" ("code", "ended_at", "ended_because", "ended_by", "file_id", "id", "link_id", "noted_at", "noted_by", "noted_by_name", "pgh_created_at", "pgh_label", "questionnaire", "response_id", "said_on", "source", "tenant_id") VALUES (NEW."code", NEW."ended_at", NEW."ended_because", NEW."ended_by", NEW."file_id", NEW."id", NEW."link_id", NEW."noted_at", NEW."noted_by", NEW."noted_by_name", NOW(), \'insert\', NEW."questionnaire", NEW."response_id", NEW."said_on", NEW."source", NEW."tenant_id"); RETURN NULL;',
                    hash="832c825b35f2ce98b03c18ff61e445480b1e767a",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_3fa0f",
                    table="followup_need",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="need",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "followup_needhistoryrow" ("code", "ended_at", "ended_because", "ended_by", "file_id", "id", "link_id", "noted_at", "noted_by", "noted_by_name", "pgh_created_at", "pgh_label", "questionnaire", "response_id", "said_on", "source", "tenant_id") VALUES (NEW."code", NEW."ended_at", NEW."ended_because", NEW."ended_by", NEW."file_id", NEW."id", NEW."link_id", NEW."noted_at", NEW."noted_by", NEW."noted_by_name", NOW(), \'update\', NEW."questionnaire", NEW."response_id", NEW."said_on", NEW."source", NEW."tenant_id"); RETURN NULL;',
                    hash="d5cee1f6e23e92a357a3276618b3e875bb73e7e5",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_ba896",
                    table="followup_need",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="need",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "followup_needhistoryrow" ("code", "ended_at", "ended_because", "ended_by", "file_id", "id", "link_id", "noted_at", "noted_by", "noted_by_name", "pgh_created_at", "pgh_label", "questionnaire", "response_id", "said_on", "source", "tenant_id") VALUES (OLD."code", OLD."ended_at", OLD."ended_because", OLD."ended_by", OLD."file_id", OLD."id", OLD."link_id", OLD."noted_at", OLD."noted_by", OLD."noted_by_name", NOW(), \'delete\', OLD."questionnaire", OLD."response_id", OLD."said_on", OLD."source", OLD."tenant_id"); RETURN NULL;',
                    hash="e2387c39737ebc35e48efc1e3b87978556b98c69",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_3f750",
                    table="followup_need",
                    when="AFTER",
                ),
            ),
        ),
        ProtectTenantTable(
            "followup_need",
            references={"file_id": "followup_carerfile", "response_id": "questionnaires_response"},
            tenant_table="organisations_tenant",
        ),
        ProtectHistory("followup_needhistoryrow"),
    ]
