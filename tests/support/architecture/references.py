"""
References from one app to another that are only strings, which import-linter cannot see.

Each function yields references; `against_the_stack` says which of them point upwards.
"""

import ast
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from django.apps.config import AppConfig
from django.db.migrations import Migration
from django.db.models import Field, Model
from django.template.base import Lexer, TokenType

from tests.support.architecture.layers import Layers
from tests.support.architecture.sources import Finding, Source

ROOT_PACKAGE = "medspiller"


@dataclass(frozen=True, slots=True)
class Reference:
    """That `user` (a package of ours) refers to `used`, where, and by what."""

    user: str
    used: str
    where: str
    line: int
    what: str


def against_the_stack(references: Iterable[Reference], layers: Layers) -> Iterator[Finding]:
    """Yield the references to packages that do not lie below the one that refers to them."""
    for reference in references:
        if reference.used in layers.packages and not layers.allows(reference.user, reference.used):
            rule = f"{reference.user} refers to {reference.used}, which does not lie below it: {reference.what}"
            yield Finding(reference.where, reference.line, rule)


def from_models(models: Iterable[type[Model]], owner: Callable[[AppConfig], str | None]) -> Iterator[Reference]:
    """Yield what the columns of our models point at: foreign keys, one to one, many to many."""
    for model in models:
        user = owner(model._meta.app_config)
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many):
            target = _target(field)
            used = owner(target._meta.app_config) if target else None
            if user and used:
                name = f"{model._meta.label}.{field.name}"
                yield Reference(user, used, model.__module__, 0, f"the column {name} points at {target._meta.label}")


def _target(field: Field) -> type[Model] | None:
    related = field.remote_field
    return related.model if related is not None and isinstance(related.model, type) else None


def from_migrations(migrations: Iterable[Migration], owner: Callable[[str], str | None]) -> Iterator[Reference]:
    """
    Yield what migrations wait for, and what they make wait.

    `run_before` lets a lower app's migration wait for a higher one's: it refers to the higher app all the same.
    """
    for migration in migrations:
        user = owner(migration.app_label)
        for label, name in chain(migration.dependencies, migration.run_before):
            used = owner(label)
            if user and used:
                where = f"{migration.app_label}.{migration.name}"
                yield Reference(user, used, where, 0, f"its order is tied to {label}.{name}")


_ADDRESS_TAG = re.compile(r"""^url\s+["']([\w-]+):""")
_TEMPLATE_TAG = re.compile(r"""^(?:include|extends|static|partial)\s+["']([\w-]+)/""")


def from_template(
    source: Source, *, packages: Collection[str], libraries: Callable[[str], str | None]
) -> Iterator[Reference]:
    """
    Yield the templates, files, addresses and tag libraries of other apps that a template names.

    `libraries` returns the package of ours that brings a tag library, None for others.
    """
    if source.app is None:
        return
    for token in Lexer(source.text).tokenize():
        if token.token_type is not TokenType.BLOCK:
            continue
        for used in _named_in_tag(token.contents, libraries):
            if used in packages:
                yield Reference(source.app, used, str(source.path), token.lineno or 0, f"{{% {token.contents} %}}")


def _named_in_tag(contents: str, libraries: Callable[[str], str | None]) -> Iterator[str]:
    for pattern in (_ADDRESS_TAG, _TEMPLATE_TAG):
        if found := pattern.match(contents):
            yield found[1]
    words = contents.split()
    if words[:1] == ["load"]:
        named = words[words.index("from") + 1 :] if "from" in words else words[1:]
        yield from filter(None, map(libraries, named))


# Each kind of string by which Python code names something of an app.
_STRINGS = (
    re.compile(r"(?P<app>[a-z_]+):[\w:-]+"),  # the name of an address
    re.compile(r"(?P<app>[a-z_]+)/[\w/.-]+\.(?:html|txt|css|js|svg)(?:#[\w-]+)?"),  # a template or a file
    re.compile(rf"{ROOT_PACKAGE}\.(?P<app>[a-z_]+)(?:\.\w+)*"),  # a dotted path
)
# Calls whose first argument names an app, with or without something after a dot.
_CALLS_BY_NAME = frozenset({"configure_task", "get_model", "get_app_config"})


def from_python(source: Source, *, packages: Collection[str], tables: Collection[str] = ()) -> Iterator[Reference]:
    """
    Yield the addresses, templates, modules, jobs and tables of other apps that strings in Python name.

    `tables` are the database tables of our apps, named as `app_model`.
    """
    if source.app is None:
        return
    for node in ast.walk(source.tree):
        for text in _strings_of(node):
            for used in {*_apps_named_by(text), *_apps_of_tables_in(text, tables)} & set(packages):
                yield Reference(source.app, used, str(source.path), node.lineno, f'"{_short(text)}"')


def _strings_of(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    if isinstance(node, ast.Call) and _name_of(node.func) in _CALLS_BY_NAME and node.args:
        first = node.args[0]
        if isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield f"{ROOT_PACKAGE}.{first.value}"


def _name_of(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _apps_named_by(text: str) -> Iterator[str]:
    for pattern in _STRINGS:
        if found := pattern.fullmatch(text):
            yield found["app"]


def _apps_of_tables_in(text: str, tables: Collection[str]) -> Iterator[str]:
    for word in re.findall(r"\b[a-z]+_[a-z_]+\b", text):
        if word in tables:
            yield word.split("_")[0]


def from_subscriptions(subscriptions: Iterable[tuple[type, Callable[..., object]]]) -> Iterator[Reference]:
    """Yield, for each subscription, that the subscriber's app refers to the event's."""
    for event, subscriber in subscriptions:
        user, used = (thing.__module__.split(".")[1] for thing in (subscriber, event))
        yield Reference(user, used, "config/wiring.py", 0, f"{subscriber.__qualname__} listens to {event.__qualname__}")


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"
