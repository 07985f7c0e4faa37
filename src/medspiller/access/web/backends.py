"""Recognising a local account by its password, and any account by its session."""

from uuid import UUID

from django.contrib.auth import hashers
from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from medspiller.access.domain.accounts import LOCAL_ISSUER
from medspiller.access.models import User


class LocalAccounts(BaseBackend):
    """
    Passwords open local accounts only, those of the tenant that the transaction belongs to.

    An unknown name costs as much time as a known one: a password is hashed in any case.
    """

    def authenticate(
        self, request: HttpRequest | None, account_name: str = "", password: str = "", **_: object
    ) -> User | None:
        if not account_name:
            return None
        user = User.objects.filter(issuer=LOCAL_ISSUER, subject=account_name).first()
        if user is not None and user.is_active:
            return user if user.check_password(password) else None
        # An account without a password is hashed for by Django itself. A closed one is not given a
        # newer hash, as an open one is: that would take twice as long.
        hashers.check_password(password, user.password if user is not None else "")
        return None

    def get_user(self, user_id: UUID) -> User | None:
        return User.objects.filter(pk=user_id, is_active=True).first()
