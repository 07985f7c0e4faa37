"""How telephone numbers are shown. They are stored as they are dialled."""

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

_HOME = "+47"
# How many digits a subscriber's number has in Norway.
_SUBSCRIBER = 8
# 116 117 and its like.
_HELPLINE = 6


def written(number: str) -> str:
    """
    Return a number that can be dialled as people write it in Norway; any other text as it is.

    Norwegian numbers stand in pairs and without their country, those of another country in that country's groups.

    >>> written("+4700112233"), written("116117"), written("+46812345678")
    ('00 11 22 33', '116 117', '+46 8 123 456 78')
    """
    bare = number.removeprefix(_HOME) if len(number) == len(_HOME) + _SUBSCRIBER else number
    if bare.isascii() and bare.isdigit():
        return _grouped(bare)
    if not bare.startswith("+"):
        return number
    try:
        parsed = phonenumbers.parse(bare)
    except NumberParseException:
        return number
    # What is no number of its country would be put in groups that nobody uses.
    if not phonenumbers.is_possible_number(parsed):
        return number
    return phonenumbers.format_number(parsed, PhoneNumberFormat.INTERNATIONAL)


def _grouped(digits: str) -> str:
    if len(digits) == _SUBSCRIBER and not digits.startswith("8"):
        return " ".join(digits[at : at + 2] for at in range(0, _SUBSCRIBER, 2))
    if len(digits) == _SUBSCRIBER:
        return f"{digits[:3]} {digits[3:5]} {digits[5:]}"
    if len(digits) == _HELPLINE:
        return f"{digits[:3]} {digits[3:]}"
    return digits
