"""Which database connection may change the schema."""


class OwnerMigrates:
    """Migrations run as the owner role only; the web role could not run them anyway."""

    def allow_migrate(self, db: str, app_label: str, **hints: object) -> bool:
        return db == "owner"
