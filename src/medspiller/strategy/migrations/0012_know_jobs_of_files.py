from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("strategy", "0011_create_yearly_reports")]

    operations = [
        migrations.AddField("planexport", "filters", models.JSONField(blank=True, default=dict)),
        migrations.AddField("planexport", "job", models.BigIntegerField(null=True)),
        migrations.AddField("planexport", "tries", models.PositiveSmallIntegerField(default=0)),
        migrations.AddField("madefile", "job", models.BigIntegerField(null=True)),
    ]
