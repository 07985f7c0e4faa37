"""Files that somebody sends in: what the installation's scanner says of them."""

from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


class Scanner(Protocol):
    """What the setting `UPLOAD_SCANNER` names: looks for harm in a file."""

    def is_harmless(self, content: bytes) -> bool: ...


def is_harmless(content: bytes) -> bool:
    """Say whether the installation's scanner finds no harm in a file; yes where there is none."""
    if not settings.UPLOAD_SCANNER:
        return True
    scanner: Scanner = import_string(settings.UPLOAD_SCANNER)()
    return scanner.is_harmless(content)
