"""Where code asks what time it is. Only `core.clock` may."""

import ast
from collections.abc import Iterable, Iterator

from tests.support.architecture.sources import Finding, Source

CLOCK = "src/medspiller/core/clock.py"

# `time.monotonic` and `time.perf_counter` are free: they measure, they do not tell the time of day.
_ASKING = frozenset(
    {
        "datetime.datetime.now",
        "datetime.datetime.today",
        "datetime.datetime.utcnow",
        "datetime.date.today",
        "time.time",
        "time.time_ns",
        "time.localtime",
        "time.gmtime",
        "time.ctime",
        "time.strftime",
        "django.utils.timezone.now",
        "django.utils.timezone.localdate",
        "django.utils.timezone.localtime",
    }
)


def clocks_read(sources: Iterable[Source]) -> Iterator[Finding]:
    """Yield every use of the machine's clock outside `core.clock`, whatever it was imported as."""
    for source in sources:
        if str(source.path) == CLOCK:
            continue
        names = _imported_names(source.tree)
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Attribute | ast.Name) and isinstance(node.ctx, ast.Load):
                asked = _full_name(node, names)
                if asked in _ASKING:
                    yield source.finding(node.lineno, f"asks {asked}; take the time as an argument or from core.clock")


def _imported_names(tree: ast.Module) -> dict[str, str]:
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {
                alias.asname or alias.name.split(".")[0]: alias.name if alias.asname else alias.name.split(".")[0]
                for alias in node.names
            }
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return names


def _full_name(node: ast.expr, names: dict[str, str]) -> str | None:
    if isinstance(node, ast.Name):
        return names.get(node.id)
    if isinstance(node, ast.Attribute):
        owner = _full_name(node.value, names)
        return f"{owner}.{node.attr}" if owner else None
    return None
