"""Papers that are added as files: what they may be, found out from what they hold and not from what they are called."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Protocol

from medspiller.core.errors import MedspillerError

SIZE_MOST = 5 * 1024 * 1024
# How far from its end a PDF may say that it ends.
_TAIL = 1024


class FileRefused(MedspillerError):
    """A file cannot be kept; `problem` is a code: empty, too_large, not_allowed or harmful."""

    def __init__(self, problem: str):
        self.problem = problem
        super().__init__(problem)


class Scanner(Protocol):
    """
    Looks for harm in a file before it is kept; an installation plugs in its own.

    Called within the request: it must answer within seconds, and raise if it cannot answer.
    """

    def is_harmless(self, content: bytes) -> bool: ...


def _is_pdf(content: bytes) -> bool:
    return content.startswith(b"%PDF-") and b"%%EOF" in content[-_TAIL:]


def _is_png(content: bytes) -> bool:
    return content.startswith(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR") and content.endswith(b"IEND\xaeB`\x82")


def _is_jpeg(content: bytes) -> bool:
    return content.startswith(b"\xff\xd8\xff") and content.rstrip(b"\x00").endswith(b"\xff\xd9")


_KINDS: Mapping[str, Callable[[bytes], bool]] = MappingProxyType(
    {"application/pdf": _is_pdf, "image/png": _is_png, "image/jpeg": _is_jpeg}
)
ENDINGS: Mapping[str, str] = MappingProxyType({"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"})


def media_type(content: bytes) -> str:
    """
    Return what a file is, by its first and last bytes.

    :raises FileRefused: if it is empty, larger than five megabytes, or no PDF, PNG or JPEG.
    """
    if not content:
        raise FileRefused("empty")
    if len(content) > SIZE_MOST:
        raise FileRefused("too_large")
    for kind, matches in _KINDS.items():
        if matches(content):
            return kind
    raise FileRefused("not_allowed")
