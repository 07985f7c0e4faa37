"""What can be done in access, one module per topic."""

from medspiller.access.services.accounts import end_holding, give_post, grant_role, register_account

__all__ = ["end_holding", "give_post", "grant_role", "register_account"]
