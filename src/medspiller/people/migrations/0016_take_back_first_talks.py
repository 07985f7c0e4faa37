import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0015_create_children_reasons"),
    ]

    operations = [
        migrations.AddField(
            model_name="firsttalk",
            name="written",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="firsttalk",
            name="taken_back_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="firsttalk",
            name="not_registered",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.UUIDField(), blank=True, default=list, size=None
            ),
        ),
        migrations.AddConstraint(
            model_name="firsttalk",
            constraint=models.CheckConstraint(
                condition=models.Q(("not_registered", []), ("taken_back_at", None))
                | models.Q(("taken_back_at__gte", models.F("recorded_at"))),
                name="people_firsttalk_taken_back_whole",
            ),
        ),
        migrations.AddIndex(
            model_name="firsttalk",
            index=models.Index(
                condition=models.Q(("taken_back_at__isnull", False)),
                fields=["tenant_id", "taken_back_at"],
                name="people_firsttalk_taken_back",
            ),
        ),
    ]
