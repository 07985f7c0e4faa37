from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0008_allow_editors_of_organisations")]

    operations = [
        migrations.AddField("user", "tour_put_away_at", models.DateTimeField(editable=False, null=True)),
    ]
