"""What somebody had typed into a form that was refused: what may be shown again, and what may not."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

# Names of fields of the page's own machinery, which nobody typed.
MARK_FIELD = "session_mark"
TOKEN_FIELD = "csrfmiddlewaretoken"  # noqa: S105 - a name
_MACHINERY = frozenset({MARK_FIELD, TOKEN_FIELD})

# Words in a field's name that make its value somebody's secret.
_SECRET_WORDS = frozenset(
    {"code", "credential", "credentials", "fnr", "fodselsnummer", "key", "kode", "nonce", "otp", "pem", "pid", "pin"}
    | {"recovery", "secret", "signature", "token", "totp"}
)
_SECRET_BEGINNINGS = ("pass", "personnummer", "personnumber")
_SECRET_PAIRS = ("person_number", "national_id")
_ELEVEN_DIGITS = re.compile(r"(?<!\d)\d{6}[ -]?\d{5}(?!\d)")


@dataclass(frozen=True, slots=True)
class TypedField:
    """One value of a form, under the name it was sent with."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class TypedText:
    """
    What is kept of a refused form.

    `texts` are shown for copying. `fields` is the whole form, to be sent once more; it is
    empty if something of it was withheld, since then it would not be the same form.
    """

    texts: tuple[str, ...] = ()
    fields: tuple[TypedField, ...] = ()


def kept(fields: Iterable[tuple[str, str]], *, has_files: bool) -> TypedText:
    """
    Return what of a form may be shown to whoever sent it.

    Never a password, a code, a token, a person number or a file; never what no person
    typed, such as ids.
    """
    sent = [TypedField(name, value) for name, value in fields if name not in _MACHINERY]
    open_ones = [field for field in sent if not is_secret(field)]
    texts = tuple(field.value for field in open_ones if _is_typed(field.value))
    complete = not has_files and len(open_ones) == len(sent)
    return TypedText(texts=texts, fields=tuple(sent) if complete and texts else ())


def is_secret(field: TypedField) -> bool:
    """Say whether a field's name or value tells that it is a password, a code, a token or a person number."""
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", field.name).lower()
    words = re.split(r"[^a-zæøå]+", name)
    named = any(word in _SECRET_WORDS or word.startswith(_SECRET_BEGINNINGS) for word in words)
    return named or any(pair in name for pair in _SECRET_PAIRS) or bool(_ELEVEN_DIGITS.fullmatch(field.value.strip()))


def _is_typed(value: str) -> bool:
    text = value.strip()
    if not text or text.isdigit():
        return False
    try:
        UUID(text)
    except ValueError:
        return True
    return False
