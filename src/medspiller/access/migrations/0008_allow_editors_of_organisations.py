from django.db import migrations, models

ROLES = (
    "care_worker",
    "carer_contact",
    "children_lead",
    "case_worker",
    "coordinator",
    "leader",
    "strategy_owner",
    "volunteer_coordinator",
    "administrator",
    "organisation_editor",
)


class Migration(migrations.Migration):
    dependencies = [("access", "0007_create_saved_links")]

    operations = [
        migrations.RemoveConstraint(model_name="rolegrant", name="access_grant_role"),
        migrations.AddConstraint(
            model_name="rolegrant",
            constraint=models.CheckConstraint(condition=models.Q(("role__in", list(ROLES))), name="access_grant_role"),
        ),
    ]
