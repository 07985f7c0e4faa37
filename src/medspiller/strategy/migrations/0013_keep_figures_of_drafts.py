from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("strategy", "0012_know_jobs_of_files"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="yearlyreport", name="strategy_yearlyreport_final_whole"),
        migrations.AddField(
            model_name="yearlyreport",
            name="figures_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddConstraint(
            model_name="yearlyreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("finalised_at", None), ("finalised_by", None), ("state", "draft")),
                    models.Q(
                        ("figures__isnull", False),
                        ("finalised_at__gte", models.F("made_at")),
                        ("finalised_by__isnull", False),
                        ("state", "final"),
                    ),
                    _connector="OR",
                ),
                name="strategy_yearlyreport_final_whole",
            ),
        ),
    ]
