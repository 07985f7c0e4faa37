"""Proof Key for Code Exchange with S256 (RFC 7636), the only method used."""

import base64
import hashlib
import re

METHOD = "S256"

# RFC 7636 § 4.1: 43 to 128 unreserved characters.
_VERIFIER = re.compile(r"[A-Za-z0-9\-._~]{43,128}")


def challenge(verifier: str) -> str:
    """
    Return what is sent ahead, so that only whoever has `verifier` can use the code.

    :raises ValueError: if `verifier` is no verifier; a weak one would prove nothing.
    """
    if not _VERIFIER.fullmatch(verifier):
        raise ValueError("a code verifier has 43 to 128 unreserved characters")
    digest = hashlib.sha256(verifier.encode("ascii")).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")
