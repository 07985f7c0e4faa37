import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0004_create_registers"),
        ("people", "0004_create_access_questions"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="person",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="person",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="person",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="relation",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="relation",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="relation",
            name="delete_delete",
        ),
        migrations.RemoveConstraint(
            model_name="relation",
            name="people_relation_kind",
        ),
        migrations.AddField(
            model_name="person",
            name="best_time",
            field=models.CharField(blank=True, default="", max_length=200),
        ),
        migrations.AddField(
            model_name="person",
            name="gender",
            field=models.CharField(blank=True, default="", max_length=10),
        ),
        migrations.AddField(
            model_name="person",
            name="language",
            field=models.CharField(blank=True, default="", max_length=35),
        ),
        migrations.AddField(
            model_name="person",
            name="merged_into",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="needs_interpreter",
            field=models.BooleanField(null=True),
        ),
        migrations.AddField(
            model_name="person",
            name="preferred_channel",
            field=models.CharField(blank=True, default="", max_length=10),
        ),
        migrations.AddField(
            model_name="person",
            name="version",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="person",
            name="wants_notices",
            field=models.BooleanField(null=True),
        ),
        migrations.AddField(
            model_name="personhistoryrow",
            name="best_time",
            field=models.CharField(blank=True, default="", max_length=200),
        ),
        migrations.AddField(
            model_name="personhistoryrow",
            name="gender",
            field=models.CharField(blank=True, default="", max_length=10),
        ),
        migrations.AddField(
            model_name="personhistoryrow",
            name="language",
            field=models.CharField(blank=True, default="", max_length=35),
        ),
        migrations.AddField(
            model_name="personhistoryrow",
            name="merged_into",
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
            model_name="personhistoryrow",
            name="needs_interpreter",
            field=models.BooleanField(null=True),
        ),
        migrations.AddField(
            model_name="personhistoryrow",
            name="preferred_channel",
            field=models.CharField(blank=True, default="", max_length=10),
        ),
        migrations.AddField(
            model_name="personhistoryrow",
            name="version",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="personhistoryrow",
            name="wants_notices",
            field=models.BooleanField(null=True),
        ),
        migrations.AddField(
            model_name="relation",
            name="cohabiting",
            field=models.BooleanField(null=True),
        ),
        migrations.AddField(
            model_name="relation",
            name="version",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="relationhistoryrow",
            name="cohabiting",
            field=models.BooleanField(null=True),
        ),
        migrations.AddField(
            model_name="relationhistoryrow",
            name="version",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddIndex(
            model_name="relation",
            index=models.Index(fields=["tenant_id", "person"], name="people_relation_of"),
        ),
        migrations.AddIndex(
            model_name="relation",
            index=models.Index(fields=["tenant_id", "related"], name="people_relation_to"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="person",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_birth_within_family",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\nIF NEW.birth_date IS NOT NULL AND EXISTS (\n    SELECT FROM people_relation r JOIN people_person other\n        ON other.id = CASE WHEN r.person_id = NEW.id THEN r.related_id ELSE r.person_id END\n    WHERE (r.person_id = NEW.id OR r.related_id = NEW.id)\n    AND r.kind IN ('parent', 'grandparent', 'child', 'grandchild')\n    AND CASE WHEN (r.kind IN ('parent', 'grandparent')) = (r.person_id = NEW.id)\n        THEN other.birth_date >= NEW.birth_date ELSE NEW.birth_date >= other.birth_date END\n) THEN\n    RAISE EXCEPTION 'person % would be older than a parent or younger than a child', NEW.id\n        USING ERRCODE = 'check_violation', CONSTRAINT = 'people_person_elder_first';\nEND IF;\nRETURN NEW;\n",
                    hash="4fd67e184c478037581b35c19200404297c278ae",
                    operation='UPDATE OF "birth_date"',
                    pgid="pgtrigger_keep_birth_within_family_74518",
                    table="people_person",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="person",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "people_personhistoryrow" ("best_time", "birth_date", "died_on", "family_name", "gender", "given_name", "id", "language", "merged_into_id", "needs_interpreter", "pgh_created_at", "pgh_label", "preferred_channel", "protected_address", "tenant_id", "user_id", "version", "wants_notices") VALUES (NEW."best_time", NEW."birth_date", NEW."died_on", NEW."family_name", NEW."gender", NEW."given_name", NEW."id", NEW."language", NEW."merged_into_id", NEW."needs_interpreter", NOW(), \'insert\', NEW."preferred_channel", NEW."protected_address", NEW."tenant_id", NEW."user_id", NEW."version", NEW."wants_notices"); RETURN NULL;',
                    hash="f45bc2396eba2410222d83322bd5f0fabe681c95",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_65688",
                    table="people_person",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="person",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."best_time" IS DISTINCT FROM (NEW."best_time") OR OLD."birth_date" IS DISTINCT FROM (NEW."birth_date") OR OLD."died_on" IS DISTINCT FROM (NEW."died_on") OR OLD."family_name" IS DISTINCT FROM (NEW."family_name") OR OLD."gender" IS DISTINCT FROM (NEW."gender") OR OLD."given_name" IS DISTINCT FROM (NEW."given_name") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."merged_into_id" IS DISTINCT FROM (NEW."merged_into_id") OR OLD."needs_interpreter" IS DISTINCT FROM (NEW."needs_interpreter") OR OLD."preferred_channel" IS DISTINCT FROM (NEW."preferred_channel") OR OLD."protected_address" IS DISTINCT FROM (NEW."protected_address") OR OLD."tenant_id" IS DISTINCT FROM (NEW."tenant_id") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."wants_notices" IS DISTINCT FROM (NEW."wants_notices"))',
                    func='INSERT INTO "people_personhistoryrow" ("best_time", "birth_date", "died_on", "family_name", "gender", "given_name", "id", "language", "merged_into_id", "needs_interpreter", "pgh_created_at", "pgh_label", "preferred_channel", "protected_address", "tenant_id", "user_id", "version", "wants_notices") VALUES (NEW."best_time", NEW."birth_date", NEW."died_on", NEW."family_name", NEW."gender", NEW."given_name", NEW."id", NEW."language", NEW."merged_into_id", NEW."needs_interpreter", NOW(), \'update\', NEW."preferred_channel", NEW."protected_address", NEW."tenant_id", NEW."user_id", NEW."version", NEW."wants_notices"); RETURN NULL;',
                    hash="a8745739a78bd7b3c423e2f05f5c8164d5f0fb86",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_de829",
                    table="people_person",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="person",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "people_personhistoryrow" ("best_time", "birth_date", "died_on", "family_name", "gender", "given_name", "id", "language", "merged_into_id", "needs_interpreter", "pgh_created_at", "pgh_label", "preferred_channel", "protected_address", "tenant_id", "user_id", "version", "wants_notices") VALUES (OLD."best_time", OLD."birth_date", OLD."died_on", OLD."family_name", OLD."gender", OLD."given_name", OLD."id", OLD."language", OLD."merged_into_id", OLD."needs_interpreter", NOW(), \'delete\', OLD."preferred_channel", OLD."protected_address", OLD."tenant_id", OLD."user_id", OLD."version", OLD."wants_notices"); RETURN NULL;',
                    hash="4bbe729ad43de52b56bce17e6dd007e102071487",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_2ca2d",
                    table="people_person",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="relation",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_elder_first",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\nIF NEW.kind IN ('parent', 'grandparent', 'child', 'grandchild') AND EXISTS (\n    SELECT FROM people_person elder, people_person younger\n    WHERE elder.id = CASE WHEN NEW.kind IN ('parent', 'grandparent') THEN NEW.related_id ELSE NEW.person_id END\n    AND younger.id = CASE WHEN NEW.kind IN ('parent', 'grandparent') THEN NEW.person_id ELSE NEW.related_id END\n    AND elder.birth_date >= younger.birth_date\n) THEN\n    RAISE EXCEPTION 'relation % would make a child older than its parent', NEW.id\n        USING ERRCODE = 'check_violation', CONSTRAINT = 'people_relation_elder_first';\nEND IF;\nRETURN NEW;\n",
                    hash="bb319cf0d9aa289155a4a76bb0e683b176e63e21",
                    operation='INSERT OR UPDATE OF "person_id", "related_id", "kind"',
                    pgid="pgtrigger_keep_elder_first_e1318",
                    table="people_relation",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="relation",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "people_relationhistoryrow" ("cohabiting", "id", "kind", "person_id", "pgh_created_at", "pgh_label", "related_id", "tenant_id", "valid_from", "valid_to", "version") VALUES (NEW."cohabiting", NEW."id", NEW."kind", NEW."person_id", NOW(), \'insert\', NEW."related_id", NEW."tenant_id", NEW."valid_from", NEW."valid_to", NEW."version"); RETURN NULL;',
                    hash="26dcebfb9ef6962cb5daa8fd83251768e885eacd",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_f9e17",
                    table="people_relation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="relation",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "people_relationhistoryrow" ("cohabiting", "id", "kind", "person_id", "pgh_created_at", "pgh_label", "related_id", "tenant_id", "valid_from", "valid_to", "version") VALUES (NEW."cohabiting", NEW."id", NEW."kind", NEW."person_id", NOW(), \'update\', NEW."related_id", NEW."tenant_id", NEW."valid_from", NEW."valid_to", NEW."version"); RETURN NULL;',
                    hash="71a32cb6f28c98d8457f91837571e52beae4d1ae",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_39542",
                    table="people_relation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="relation",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "people_relationhistoryrow" ("cohabiting", "id", "kind", "person_id", "pgh_created_at", "pgh_label", "related_id", "tenant_id", "valid_from", "valid_to", "version") VALUES (OLD."cohabiting", OLD."id", OLD."kind", OLD."person_id", NOW(), \'delete\', OLD."related_id", OLD."tenant_id", OLD."valid_from", OLD."valid_to", OLD."version"); RETURN NULL;',
                    hash="3ab85d72054dcbfb50c349597a5a1ebf0fd699fc",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_b79c9",
                    table="people_relation",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(("gender__in", ["", "woman", "man", "other"])), name="people_person_gender"
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(("preferred_channel__in", ["", "phone", "sms", "email", "letter", "meeting"])),
                name="people_person_channel",
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(("merged_into", models.F("id")), _negated=True),
                name="people_person_not_merged_into_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="relation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "spouse",
                            "registered_partner",
                            "cohabitant",
                            "former_spouse",
                            "former_cohabitant",
                            "parent",
                            "child",
                            "sibling",
                            "grandparent",
                            "grandchild",
                            "step_parent",
                            "step_child",
                            "foster_parent",
                            "foster_child",
                            "step_sibling",
                            "foster_sibling",
                            "parent_in_law",
                            "child_in_law",
                            "sibling_in_law",
                            "other_family",
                            "friend",
                            "neighbour",
                            "other",
                        ],
                    )
                ),
                name="people_relation_kind",
            ),
        ),
        migrations.RunSQL(
            sql=(
                "ALTER TABLE people_person ADD CONSTRAINT people_person_merged_into_id_same_tenant "
                "FOREIGN KEY (tenant_id, merged_into_id) REFERENCES people_person (tenant_id, id) "
                "DEFERRABLE INITIALLY DEFERRED"
            ),
            reverse_sql="ALTER TABLE people_person DROP CONSTRAINT people_person_merged_into_id_same_tenant",
        ),
    ]
