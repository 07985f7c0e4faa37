"""What allauth asks us about: nobody signs up, and secrets are sealed before they are stored."""

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from medspiller.core import encryption

_PLACE = "mfa_authenticator.data"


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by administrators. No mail is sent: we run no mail server."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, *_: Any, **__: Any) -> None:
        """Send nothing."""


class SealedFactors(DefaultMFAAdapter):
    """Secrets of second factors are encrypted with the installation's keys."""

    def encrypt(self, text: str) -> str:
        return base64.b64encode(encryption.encrypt(text, place=_PLACE)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return encryption.decrypt(base64.b64decode(encrypted_text), place=_PLACE)
