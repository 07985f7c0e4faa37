"""The ways out: one contract, one module for each kind of gateway, chosen by the settings."""

from django.conf import settings

from medspiller.messages.domain.notices import Channel
from medspiller.messages.gateways.base import Gateway
from medspiller.messages.gateways.demo import DemoGateway
from medspiller.messages.gateways.mail import MailGateway
from medspiller.messages.gateways.sms_http import SmsHttpGateway

__all__ = ["configured"]


def configured() -> list[Gateway]:
    """
    Return the gateways of this installation, at most one for each channel.

    In a demo a channel without settings keeps what it is given; elsewhere there is no way
    out, and notices are stopped with that reason.
    """
    found: list[Gateway] = []
    if settings.SMS_URL:
        found.append(SmsHttpGateway(settings.SMS_URL, token=settings.SMS_TOKEN))
    if settings.SMTP_URL:
        found.append(MailGateway(sender=settings.DEFAULT_FROM_EMAIL))
    if settings.DEMO:
        taken = {gateway.channel for gateway in found}
        found += [DemoGateway(channel) for channel in Channel if channel not in taken]
    return found
