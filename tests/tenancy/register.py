"""
What the whole project's tables are allowed to be. A table that fits nothing here is refused.

Tables of `TenantOwned` models and of their earlier versions need no entry: the rules for
them hold without exception.
"""

# Tables without a tenant of their own, and why.
GLOBAL = {
    "auth_group": "Django's; not used",
    "auth_group_permissions": "Django's; not used",
    "auth_permission": "Django's; not used",
    "catalogue_knownword": "single words of published offers, whoever published them",
    "core_installation": "one row about the installation",
    "django_content_type": "Django's list of models",
    "django_migrations": "what the schema is",
    "django_session": "opaque keys and signed content; read before there is a tenant",
    "organisations_county": "the same for everybody",
    "organisations_municipality": "the same for everybody",
    "pghistory_context": "the history library's; not used",
    "procrastinate_events": "the job queue: task names and times",
    "procrastinate_jobs": "the job queue: a job carries its tenant, and ids and codes alone",
    "procrastinate_periodic_defers": "the job queue",
    "procrastinate_workers": "the job queue",
}

# Tables with row-level security that is not the one policy of tenant-owned tables, and why.
OWN_POLICIES = {
    "account_emailaddress": "allauth's, without a tenant column; not used, and an account's all the same",
    "account_emailconfirmation": "allauth's, without a tenant column; not used, and an account's all the same",
    "catalogue_publishedoffer": "read by everybody; rows without a tenant are shipped; its own tests hold the rest",
    "catalogue_publishedprovider": "read by everybody; rows without a tenant are shipped; its own tests hold the rest",
    "content_definition": "rows without a tenant are shipped to all; its own tests hold the rest",
    "mfa_authenticator": "allauth's, without a tenant column: a second factor is its account's",
    "organisations_tenant": "its id is the tenant",
}

# Of these, the tables of libraries, which know of no tenant: a policy through the account they belong to holds them,
# and a reference to another tenant's account is refused by its WITH CHECK instead of a key.
NO_TENANT_COLUMN = {"account_emailaddress", "account_emailconfirmation", "mfa_authenticator"}

# Tables of tenants that everybody may read, since they are published and nobody is named in them.
PUBLISHED = {"catalogue_session"}

# Tables whose rows, or some of them, nobody sees but the one they belong to, and jobs; and the column that says who
# that is.
OWN_ROWS_ONLY = {
    "access_draft": "owner_id",
    "questionnaires_document": "asked_by",
    "questionnaires_response": "author",
    "rights_keptanswer": "owner_id",
    "strategy_madefile": "asked_by",
}

# Tables that whoever is not signed in may add to, or not even that, and that staff and jobs alone read.
STAFF_ROWS_ONLY = {"enquiries_attempt", "enquiries_enquiry"}

# What the web role may do to a table, where that is not all of reading, adding, changing and removing.
READ_ONLY = {
    "core_installation",
    "django_migrations",
    "organisations_county",
    "organisations_municipality",
    "organisations_tenant",
}
APPEND_ONLY = {
    "access_accessreview",
    "audit_accessentry",
    "audit_release",
    "catalogue_knownword",
    "core_delivery",
    "followup_filenote",
    "pathways_happening",
    "strategy_logentry",
    "strategy_statusreport",
}
NEVER_REMOVED = {"catalogue_version", "content_definition"}

# Tables that the search role may read, each through functions that tell ids alone.
SEARCHED = {"organisations_tenant", "organisations_unit", "people_searchname"}

# Functions of the search role that do not filter by the tenant, and why.
ASKED_WITHOUT_TENANT = {
    "medspiller_tenant_for": "says which tenant a host name means",
    "medspiller_tenant_ids": "tells jobs over all tenants which there are",
}
