import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import medspiller.core.history
import medspiller.core.ids
import medspiller.core.tenancy
from medspiller.core.schema import ProtectHistory, ProtectTenantTable


class Migration(migrations.Migration):
    initial = True

    dependencies = [("organisations", "0004_create_registers")]

    operations = [
        migrations.CreateModel(
            name="Strategy",
            fields=[
                ("tenant_id", models.UUIDField(db_default=medspiller.core.tenancy.CurrentTenant(), editable=False)),
                (
                    "id",
                    models.UUIDField(
                        default=medspiller.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("level", models.CharField(max_length=15)),
                ("title", models.CharField(max_length=300)),
                ("slug", models.CharField(max_length=80)),
                ("owner_name", models.CharField(blank=True, default="", max_length=200)),
                ("responsible", models.TextField(blank=True, default="")),
                ("from_year", models.PositiveSmallIntegerField()),
                ("to_year", models.PositiveSmallIntegerField()),
                ("adopted_by", models.CharField(blank=True, default="", max_length=200)),
                ("adopted_on", models.DateField(null=True)),
                ("rolls_every_years", models.PositiveSmallIntegerField(null=True)),
                ("status", models.CharField(default="draft", max_length=10)),
                ("is_public", models.BooleanField(default=False)),
                ("version", models.PositiveIntegerField(default=1)),
                ("source_name", models.CharField(blank=True, default="", max_length=200)),
                ("source_digest", models.CharField(blank=True, default="", max_length=64)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.UUIDField()),
                ("made_by_name", models.TextField(blank=True, default="")),
            ],
        ),
        migrations.CreateModel(
            name="StrategyHistoryrow",
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
                ("level", models.CharField(max_length=15)),
                ("title", models.CharField(max_length=300)),
                ("slug", models.CharField(max_length=80)),
                ("owner_name", models.CharField(blank=True, default="", max_length=200)),
                ("responsible", models.TextField(blank=True, default="")),
                ("from_year", models.PositiveSmallIntegerField()),
                ("to_year", models.PositiveSmallIntegerField()),
                ("adopted_by", models.CharField(blank=True, default="", max_length=200)),
                ("adopted_on", models.DateField(null=True)),
                ("rolls_every_years", models.PositiveSmallIntegerField(null=True)),
                ("status", models.CharField(default="draft", max_length=10)),
                ("is_public", models.BooleanField(default=False)),
                ("version", models.PositiveIntegerField(default=1)),
                ("source_name", models.CharField(blank=True, default="", max_length=200)),
                ("source_digest", models.CharField(blank=True, default="", max_length=64)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.UUIDField()),
                ("made_by_name", models.TextField(blank=True, default="")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="strategy",
            name="replaces",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="strategy.strategy"
            ),
        ),
        migrations.AddField(
            model_name="strategy",
            name="unit",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.unit"
            ),
        ),
        migrations.AddField(
            model_name="strategyhistoryrow",
            name="replaces",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="strategy.strategy",
            ),
        ),
        migrations.AddField(
            model_name="strategyhistoryrow",
            name="unit",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="organisations.unit",
            ),
        ),
        migrations.AddIndex(
            model_name="strategy",
            index=models.Index(fields=["tenant_id", "level", "-from_year"], name="strategy_strategy_listed"),
        ),
        migrations.AddIndex(
            model_name="strategy",
            index=models.Index(
                condition=models.Q(("is_public", True)), fields=["tenant_id"], name="strategy_strategy_public"
            ),
        ),
        migrations.AddConstraint(
            model_name="strategy",
            constraint=models.UniqueConstraint(fields=("tenant_id", "slug"), name="strategy_strategy_slug"),
        ),
        migrations.AddConstraint(
            model_name="strategy",
            constraint=models.UniqueConstraint(
                models.F("tenant_id"),
                models.F("level"),
                django.db.models.functions.text.Lower("owner_name"),
                django.db.models.functions.text.Lower("title"),
                models.F("from_year"),
                models.F("to_year"),
                condition=models.Q(("status__in", ["adopted", "draft", "hearing"])),
                name="strategy_strategy_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="strategy",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", ["adopted", "draft", "hearing"])),
                fields=("tenant_id", "replaces"),
                name="strategy_strategy_replaced_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="strategy",
            constraint=models.CheckConstraint(
                condition=models.Q(("slug__regex", "^[a-z0-9]+(-[a-z0-9]+)*$")), name="strategy_strategy_slug_form"
            ),
        ),
        migrations.AddConstraint(
            model_name="strategy",
            constraint=models.CheckConstraint(
                condition=models.Q(("level__in", ["national", "county", "municipal", "health_trust"])),
                name="strategy_strategy_level",
            ),
        ),
        migrations.AddConstraint(
            model_name="strategy",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["draft", "hearing", "adopted", "replaced", "ended"])),
                name="strategy_strategy_status",
            ),
        ),
        migrations.AddConstraint(
            model_name="strategy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("from_year__gte", 1990), ("to_year__gte", models.F("from_year")), ("to_year__lte", 2100)
                ),
                name="strategy_strategy_years",
            ),
        ),
        migrations.AddConstraint(
            model_name="strategy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("rolls_every_years", None),
                    models.Q(("rolls_every_years__gte", 1), ("rolls_every_years__lte", 20)),
                    _connector="OR",
                ),
                name="strategy_strategy_rolls",
            ),
        ),
        migrations.AddConstraint(
            model_name="strategy",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("level", "national"), _negated=True), ("unit", None), _connector="OR"),
                name="strategy_strategy_national_no_unit",
            ),
        ),
        migrations.AddConstraint(
            model_name="strategy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "adopted"), _negated=True), ("adopted_on__isnull", False), _connector="OR"
                ),
                name="strategy_strategy_adopted_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="strategy",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_public", False), models.Q(("status", "draft"), _negated=True), _connector="OR"),
                name="strategy_strategy_public_no_draft",
            ),
        ),
        migrations.AddConstraint(
            model_name="strategy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("replaces", None), models.Q(("replaces", models.F("id")), _negated=True), _connector="OR"
                ),
                name="strategy_strategy_not_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="strategy",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), _negated=True), name="strategy_strategy_has_title"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="strategy",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "strategy_strategyhistoryrow" ("adopted_by", "adopted_on", "from_year", "id", "is_public", "level", "made_at", "made_by", "made_by_name", "owner_name", "pgh_created_at", "pgh_label", "replaces_id", "responsible", "rolls_every_years", "slug", "source_digest", "source_name", "status", "tenant_id", "title", "to_year", "unit_id", "version") VALUES (NEW."adopted_by", NEW."adopted_on", NEW."from_year", NEW."id", NEW."is_public", NEW."level", NEW."made_at", NEW."made_by", NEW."made_by_name", NEW."owner_name", NOW(), \'insert\', NEW."replaces_id", NEW."responsible", NEW."rolls_every_years", NEW."slug", NEW."source_digest", NEW."source_name", NEW."status", NEW."tenant_id", NEW."title", NEW."to_year", NEW."unit_id", NEW."version"); RETURN NULL;',
                    hash="08b1c02381fc0e330bfbebf81cf6b3ecdc6a1e83",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_95993",
                    table="strategy_strategy",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="strategy",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "strategy_strategyhistoryrow" ("adopted_by", "adopted_on", "from_year", "id", "is_public", "level", "made_at", "made_by", "made_by_name", "owner_name", "pgh_created_at", "pgh_label", "replaces_id", "responsible", "rolls_every_years", "slug", "source_digest", "source_name", "status", "tenant_id", "title", "to_year", "unit_id", "version") VALUES (NEW."adopted_by", NEW."adopted_on", NEW."from_year", NEW."id", NEW."is_public", NEW."level", NEW."made_at", NEW."made_by", NEW."made_by_name", NEW."owner_name", NOW(), \'update\', NEW."replaces_id", NEW."responsible", NEW."rolls_every_years", NEW."slug", NEW."source_digest", NEW."source_name", NEW."status", NEW."tenant_id", NEW."title", NEW."to_year", NEW."unit_id", NEW."version"); RETURN NULL;',
                    hash="4e6eed1fae6bec39314a4fb9b037daa6c3f557bc",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_aa5fc",
                    table="strategy_strategy",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="strategy",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "strategy_strategyhistoryrow" ("adopted_by", "adopted_on", "from_year", "id", "is_public", "level", "made_at", "made_by", "made_by_name", "owner_name", "pgh_created_at", "pgh_label", "replaces_id", "responsible", "rolls_every_years", "slug", "source_digest", "source_name", "status", "tenant_id", "title", "to_year", "unit_id", "version") VALUES (OLD."adopted_by", OLD."adopted_on", OLD."from_year", OLD."id", OLD."is_public", OLD."level", OLD."made_at", OLD."made_by", OLD."made_by_name", OLD."owner_name", NOW(), \'delete\', OLD."replaces_id", OLD."responsible", OLD."rolls_every_years", OLD."slug", OLD."source_digest", OLD."source_name", OLD."status", OLD."tenant_id", OLD."title", OLD."to_year", OLD."unit_id", OLD."version"); RETURN NULL;',
                    hash="91c3c27b9fbbdcfb81f147a021e7a07bf346e11e",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_fffff",
                    table="strategy_strategy",
                    when="AFTER",
                ),
            ),
        ),
        ProtectTenantTable(
            "strategy_strategy",
            references={"unit_id": "organisations_unit", "replaces_id": "strategy_strategy"},
            tenant_table="organisations_tenant",
        ),
        ProtectHistory("strategy_strategyhistoryrow"),
    ]
