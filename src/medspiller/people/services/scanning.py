"""Looking at files before they are kept."""

from django.conf import settings
from django.utils.module_loading import import_string

from medspiller.access.domain.actors import Actor
from medspiller.people.domain import scans
from medspiller.people.domain.scans import FileRefused, Scanner


def scanned(*, actor: Actor, content: bytes) -> str:
    """
    Return what a file is that the actor wants kept, by its own bytes: PDF, PNG or JPEG.

    :raises FileRefused: if it is anything else or too large, or the installation's scanner finds harm in it.
    """
    media_type = scans.media_type(content)
    if settings.UPLOAD_SCANNER:
        scanner: Scanner = import_string(settings.UPLOAD_SCANNER)()
        if not scanner.is_harmless(content):
            raise FileRefused("harmful")
    return media_type
