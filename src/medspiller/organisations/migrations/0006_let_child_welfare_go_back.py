from django.db import migrations
from django.db.migrations.operations import RunSQL

from medspiller.core.tenancy import in_each_tenant

# Going back to before there were units of child welfare: they become units of another kind, which those versions
# know. Their earlier versions still say what they were.
OTHER_KIND = """
UPDATE organisations_unit SET kind = 'other', version = version + 1 WHERE kind = 'child_welfare'
"""


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0005_add_unit_phone"),
    ]

    operations = [
        RunSQL(RunSQL.noop, in_each_tenant(OTHER_KIND)),
    ]
