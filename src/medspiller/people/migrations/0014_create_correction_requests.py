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
        ("people", "0013_create_first_talks"),
    ]

    operations = [
        migrations.CreateModel(
            name="CorrectionRequestHistoryrow",
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
                ("about", models.CharField(max_length=30)),
                ("text", models.TextField(max_length=2000)),
                ("asked_at", models.DateTimeField()),
                ("answer_by", models.DateField()),
                ("outcome", models.CharField(blank=True, default="", max_length=20)),
                ("answer", models.TextField(blank=True, default="", max_length=2000)),
                ("answered_at", models.DateTimeField(null=True)),
                ("answered_by", models.UUIDField(null=True)),
                ("answered_by_name", models.TextField(blank=True, default="")),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
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
            name="AgeTold",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("on", models.DateField()),
                ("reached", models.BooleanField()),
                ("told_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("tenant_id", "person", "on", "reached"), name="people_agetold_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="CorrectionRequest",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("about", models.CharField(max_length=30)),
                ("text", models.TextField(max_length=2000)),
                ("asked_at", models.DateTimeField()),
                ("answer_by", models.DateField()),
                ("outcome", models.CharField(blank=True, default="", max_length=20)),
                ("answer", models.TextField(blank=True, default="", max_length=2000)),
                ("answered_at", models.DateTimeField(null=True)),
                ("answered_by", models.UUIDField(null=True)),
                ("answered_by_name", models.TextField(blank=True, default="")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="correction_requests",
                        to="people.person",
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
                    models.Index(fields=["tenant_id", "unit", "asked_at"], name="people_correctionrequest_at"),
                    models.Index(fields=["tenant_id", "person", "asked_at"], name="people_correctionrequest_of"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "about__in",
                                [
                                    "birth_date",
                                    "person_number",
                                    "protected_address",
                                    "family",
                                    "role",
                                    "consent",
                                    "other",
                                ],
                            )
                        ),
                        name="people_correctionrequest_about",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="people_correctionrequest_says_what"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answer", ""),
                                ("answered_at__isnull", True),
                                ("answered_by__isnull", True),
                                ("outcome", ""),
                            ),
                            models.Q(
                                ("outcome__in", ["corrected", "not_corrected"]),
                                models.Q(("answer", ""), _negated=True),
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="people_correctionrequest_answered_whole",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="correctionrequest",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "people_correctionrequesthistoryrow" ("about", "answer", "answer_by", "answered_at", "answered_by", "answered_by_name", "asked_at", "id", "outcome", "person_id", "pgh_created_at", "pgh_label", "tenant_id", "text", "unit_id") VALUES (NEW."about", NEW."answer", NEW."answer_by", NEW."answered_at", NEW."answered_by", NEW."answered_by_name", NEW."asked_at", NEW."id", NEW."outcome", NEW."person_id", NOW(), \'insert\', NEW."tenant_id", NEW."text", NEW."unit_id"); RETURN NULL;',
                    hash="48a81ea82f375394fa31701f2bf508fca1b23521",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_9e34f",
                    table="people_correctionrequest",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="correctionrequest",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "people_correctionrequesthistoryrow" ("about", "answer", "answer_by", "answered_at", "answered_by", "answered_by_name", "asked_at", "id", "outcome", "person_id", "pgh_created_at", "pgh_label", "tenant_id", "text", "unit_id") VALUES (NEW."about", NEW."answer", NEW."answer_by", NEW."answered_at", NEW."answered_by", NEW."answered_by_name", NEW."asked_at", NEW."id", NEW."outcome", NEW."person_id", NOW(), \'update\', NEW."tenant_id", NEW."text", NEW."unit_id"); RETURN NULL;',
                    hash="80e13556c7af57b39de385c5f8a1649501d92b38",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_d95c1",
                    table="people_correctionrequest",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="correctionrequest",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "people_correctionrequesthistoryrow" ("about", "answer", "answer_by", "answered_at", "answered_by", "answered_by_name", "asked_at", "id", "outcome", "person_id", "pgh_created_at", "pgh_label", "tenant_id", "text", "unit_id") VALUES (OLD."about", OLD."answer", OLD."answer_by", OLD."answered_at", OLD."answered_by", OLD."answered_by_name", OLD."asked_at", OLD."id", OLD."outcome", OLD."person_id", NOW(), \'delete\', OLD."tenant_id", OLD."text", OLD."unit_id"); RETURN NULL;',
                    hash="eb784125655f49f2f16ffb03f0ae568ca788180c",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_c6a8f",
                    table="people_correctionrequest",
                    when="AFTER",
                ),
            ),
        ),
        ProtectTenantTable(
            "people_correctionrequest",
            references={"person_id": "people_person", "unit_id": "organisations_unit"},
            tenant_table="organisations_tenant",
        ),
        ProtectHistory("people_correctionrequesthistoryrow"),
        ProtectTenantTable(
            "people_agetold", references={"person_id": "people_person"}, tenant_table="organisations_tenant"
        ),
    ]
