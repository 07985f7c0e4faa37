from django.db import migrations

# allauth's tables know of no tenant. A row is its account's, and the account is the tenant's.
_OWN = (
    "EXISTS (SELECT 1 FROM access_user WHERE access_user.id = {table}.user_id "
    "AND access_user.tenant_id = medspiller_tenant())"
)
_OWN_ADDRESS = (
    "EXISTS (SELECT 1 FROM account_emailaddress JOIN access_user ON access_user.id = account_emailaddress.user_id "
    "WHERE account_emailaddress.id = account_emailconfirmation.email_address_id "
    "AND access_user.tenant_id = medspiller_tenant())"
)
_TABLES = {
    "mfa_authenticator": _OWN.format(table="mfa_authenticator"),
    "account_emailaddress": _OWN.format(table="account_emailaddress"),
    "account_emailconfirmation": _OWN_ADDRESS,
}


def _protect(table, own):
    return migrations.RunSQL(
        sql=[
            f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
            f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY',
            f'CREATE POLICY tenant ON "{table}" USING ({own}) WITH CHECK ({own})',
        ],
        reverse_sql=[
            f'DROP POLICY tenant ON "{table}"',
            f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY',
            f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY',
        ],
    )


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0002_create_sign_in"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [_protect(table, own) for table, own in _TABLES.items()]
