from django.db import migrations, models

import medspiller.core.encryption


class Migration(migrations.Migration):
    dependencies = [
        ("enquiries", "0001_create_enquiries"),
    ]

    operations = [
        migrations.AddField(
            model_name="enquiry",
            name="other_language",
            field=medspiller.core.encryption.EncryptedText(null=True),
        ),
        migrations.AddConstraint(
            model_name="enquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(("other_language__isnull", True), ("language", "other"), _connector="OR"),
                name="enquiries_enquiry_other_language",
            ),
        ),
    ]
