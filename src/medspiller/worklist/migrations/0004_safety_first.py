from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("worklist", "0003_say_what_is_by_law"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="workitem",
            index=models.Index(
                models.F("tenant_id"),
                models.Case(
                    models.When(kind="questionnaires.safety", then=models.Value(0)),
                    default=models.Value(1),
                    output_field=models.IntegerField(),
                ),
                models.F("due_on"),
                models.F("put_at"),
                models.F("id"),
                condition=models.Q(("done_at__isnull", True), ("withdrawn_at__isnull", True)),
                name="worklist_workitem_first",
            ),
        ),
    ]
