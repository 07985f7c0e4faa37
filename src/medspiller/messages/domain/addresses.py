"""
Telephone numbers and e-mail addresses that a notice may go to, and how little of them is shown.

Where made-up people are kept (a demo, a test) nothing may reach a real person. Norway has no
range of numbers for that, so these have two zeros where every Norwegian number has a digit
from 2 to 9: the numbering plan gives none of them out. Addresses are under the names that
RFC 2606 keeps for examples.
"""

import re

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

from medspiller.messages.domain.notices import Channel

REGION = "NO"
_MADE_UP_NUMBER = re.compile(r"\+4700[0-9]{6}")
_MADE_UP_MAIL = re.compile(r"[^@\s,;<>\"]{1,64}@(?:[^@\s]+\.)?(?:example\.(?:com|net|org)|[a-z0-9-]+\.example|example)")
_MAIL = re.compile(r"[^@\s,;<>\"]{1,64}@[^@\s,;<>\"]{1,190}\.[^@\s.,;<>\"]{2,63}")
_TEXTED = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)
SHOWN_DIGITS = 2


def normal(value: str, *, channel: Channel) -> str:
    """
    Return an address as gateways take it and as equal ones are equal: E.164, or small letters.

    What is no address comes back without the spaces around it, and `is_usable` refuses it.
    """
    if channel is Channel.EMAIL:
        return value.strip().lower()
    try:
        return phonenumbers.format_number(phonenumbers.parse(value, REGION), PhoneNumberFormat.E164)
    except NumberParseException:
        return value.strip()


def channel_of(value: str) -> Channel:
    """Return how somebody is reached at what they gave as a telephone number or an e-mail address."""
    return Channel.EMAIL if "@" in value else Channel.SMS


def is_made_up(address: str, *, channel: Channel) -> bool:
    """Say whether a normal address can be nobody's."""
    pattern = _MADE_UP_MAIL if channel is Channel.EMAIL else _MADE_UP_NUMBER
    return pattern.fullmatch(address) is not None


def is_usable(address: str, *, channel: Channel) -> bool:
    """Say whether a normal address can receive such a notice: a number that takes text messages, or a mailbox."""
    if is_made_up(address, channel=channel):
        return True
    if channel is Channel.EMAIL:
        return _MAIL.fullmatch(address) is not None
    try:
        number = phonenumbers.parse(address)
    except NumberParseException:
        return False
    return phonenumbers.is_valid_number(number) and phonenumbers.number_type(number) in _TEXTED


def shown_end(address: str, *, channel: Channel) -> str:
    """Return what a colleague may see of an address, to know which it is: two digits, or a letter."""
    if channel is Channel.EMAIL:
        return f"{address[:1]}•••@"
    return f"••• {address[-SHOWN_DIGITS:]}"
