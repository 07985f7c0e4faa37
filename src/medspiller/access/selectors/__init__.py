"""What can be known in access, one module per topic."""

from medspiller.access.models import User as Account
from medspiller.access.selectors.actors import account, actor_for

__all__ = ["Account", "account", "actor_for"]
