"""The session of somebody who has shown who they are."""

from django.contrib.auth import login
from django.http import HttpRequest

from medspiller.access.models import User
from medspiller.core import tenancy

BACKEND = "django.contrib.auth.backends.ModelBackend"


def open_session(request: HttpRequest, user: User) -> None:
    """
    Begin a session for an account, ending any other that this browser had.

    The session is the account's tenant's from now on, whatever host name it is used under.
    """
    request.session.flush()
    login(request, user, backend=BACKEND)
    request.session["tenant_id"] = str(user.tenant_id)
    tenancy.enter_tenant(tenant_id=user.tenant_id, actor_id=user.id)
