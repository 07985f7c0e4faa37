import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0004_create_registers"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="unit",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="unit",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="unit",
            name="delete_delete",
        ),
        migrations.RemoveConstraint(
            model_name="unit",
            name="organisations_unit_kind",
        ),
        migrations.AddField(
            model_name="unit",
            name="phone",
            field=models.CharField(blank=True, db_default="", max_length=20),
        ),
        migrations.AddField(
            model_name="unithistoryrow",
            name="phone",
            field=models.CharField(blank=True, db_default="", max_length=20),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="unit",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "organisations_unithistoryrow" ("about", "closed_from", "id", "kind", "name", "notice", "opened_on", "opening_hours", "parent_id", "pgh_created_at", "pgh_label", "phone", "tenant_id", "version") VALUES (NEW."about", NEW."closed_from", NEW."id", NEW."kind", NEW."name", NEW."notice", NEW."opened_on", NEW."opening_hours", NEW."parent_id", NOW(), \'insert\', NEW."phone", NEW."tenant_id", NEW."version"); RETURN NULL;',
                    hash="61a2d849eb2b6e003453a9f042e8a79741289682",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_dce7b",
                    table="organisations_unit",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="unit",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "organisations_unithistoryrow" ("about", "closed_from", "id", "kind", "name", "notice", "opened_on", "opening_hours", "parent_id", "pgh_created_at", "pgh_label", "phone", "tenant_id", "version") VALUES (NEW."about", NEW."closed_from", NEW."id", NEW."kind", NEW."name", NEW."notice", NEW."opened_on", NEW."opening_hours", NEW."parent_id", NOW(), \'update\', NEW."phone", NEW."tenant_id", NEW."version"); RETURN NULL;',
                    hash="bd3c26c5e51e6b8be0ae4941cc5205571cd33fc2",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_a7406",
                    table="organisations_unit",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="unit",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "organisations_unithistoryrow" ("about", "closed_from", "id", "kind", "name", "notice", "opened_on", "opening_hours", "parent_id", "pgh_created_at", "pgh_label", "phone", "tenant_id", "version") VALUES (OLD."about", OLD."closed_from", OLD."id", OLD."kind", OLD."name", OLD."notice", OLD."opened_on", OLD."opening_hours", OLD."parent_id", NOW(), \'delete\', OLD."phone", OLD."tenant_id", OLD."version"); RETURN NULL;',
                    hash="bd1b0c4d769bf8ddea1f2f266b196f42c2648920",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_3ecda",
                    table="organisations_unit",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "service_area",
                            "service_office",
                            "home_care",
                            "nursing_home",
                            "shared_housing",
                            "day_centre",
                            "respite_home",
                            "health_centre",
                            "school_health",
                            "mental_health_and_addiction",
                            "carers_centre",
                            "coordinating_unit",
                            "child_welfare",
                            "clinic",
                            "ward",
                            "outpatient_clinic",
                            "department",
                            "other",
                        ],
                    )
                ),
                name="organisations_unit_kind",
            ),
        ),
    ]
