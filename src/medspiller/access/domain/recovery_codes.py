"""
Recovery codes: ten, each for once, for whoever has lost the phone.

They are kept as hashes with one random salt for the set, so that one slow hash checks a
code against all of them (ASVS 5.0 V6.5.2).
"""

import hashlib
import hmac
from collections.abc import Sequence

# No I, L, O or U: nobody shall wonder which one it is, or read a word.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10
SALT_BYTES = 16

# 16 MB and some 50 ms. The codes have 50 random bits, so more would only cost.
_COST = {"n": 2**14, "r": 8, "p": 1}
_READ_AS = str.maketrans("ILOU", "110V")


def code_from(randomness: bytes) -> str:
    """
    Return the code that ten random bytes make.

    >>> code_from(bytes(range(22, 32)))
    'PQRSTVWXYZ'
    """
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in randomness)


def shown(code: str) -> str:
    """
    Return a code as it is printed.

    >>> shown("PQRSTVWXYZ")
    'PQRST-VWXYZ'
    """
    return f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"


def looks_like_one(code: str) -> bool:
    """Say whether what was typed, spaces and dashes removed, can be a recovery code."""
    return len(code) == LENGTH


def hashed(code: str, *, salt: bytes) -> str:
    """Return the slow hash of a code, letters that are easily mistaken read as what they stand for."""
    read = code.translate(_READ_AS)
    return hashlib.scrypt(read.encode(), salt=salt, n=_COST["n"], r=_COST["r"], p=_COST["p"], dklen=32).hex()


def without(code_hash: str, hashes: Sequence[str]) -> list[str] | None:
    """Return the hashes that are left when a code is used; None if it is not among them."""
    left = [each for each in hashes if not hmac.compare_digest(each, code_hash)]
    return left if len(left) < len(hashes) else None
