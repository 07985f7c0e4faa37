"""Definitions as tests need them, without files."""

from medspiller.content.domain import formats
from medspiller.content.domain.definitions import Definition, Status

URL = "https://example.no/notes/first-talk"


def note(
    text: str = "Ask what matters.", *, url: str = URL, version: str = "1", status: Status = Status.ACTIVE
) -> Definition:
    """Return a note as its file would give it."""
    written = f'url: {url}\nversion: "{version}"\nstatus: {status}\ntext: "{text}"\n'
    return Definition(
        kind="notes",
        url=url,
        version=version,
        status=status,
        body=formats.read(written.encode(), ".yaml"),
        text=written,
        suffix=".yaml",
        package="no.example.basics",
        package_version="1",
        file="no.example.basics/notes/first-talk.yaml",
    )
