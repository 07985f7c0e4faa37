"""The toolbox: the municipality's procedures, guides, checklists and forms, by situation."""

from collections.abc import Iterable

from medspiller.access.domain.actors import Actor
from medspiller.content import selectors as content
from medspiller.content.domain.definitions import Definition
from medspiller.content.domain.remembered import Remembered
from medspiller.core import clock
from medspiller.core.errors import NotFound
from medspiller.questionnaires import policies
from medspiller.questionnaires.domain.library.content_tools import TOOLS, tool_in
from medspiller.questionnaires.domain.library.tools import Situation, Tool, found_in

_READ: Remembered[Tool] = Remembered(at_most=500)


def tools(
    *, actor: Actor, words: str = "", situation: Situation | None = None, language: str = "nb"
) -> tuple[Tool, ...]:
    """
    Return the tools in use today that are for a situation and hold every word, best first.

    :raises NotAllowed: if the actor may not open the toolbox.
    """
    policies.ensure(actor, policies.READ_TOOLS)
    return tuple(found_in(_all(actor), words=words, situation=situation, language=language))


def tools_for(*, actor: Actor, situation: Situation, language: str = "nb") -> tuple[Tool, ...]:
    """Return the tools for a situation, to be linked to where it arises; none to whom the toolbox is closed."""
    if not actor.may(policies.READ_TOOLS):
        return ()
    return tuple(found_in(_all(actor), situation=situation, language=language))


def tool(*, actor: Actor, slug: str) -> Tool:
    """
    Return the tool of that name.

    :raises NotAllowed: if the actor may not open the toolbox.
    :raises NotFound: if none is in use.
    """
    policies.ensure(actor, policies.READ_TOOLS)
    for each in _all(actor):
        if each.slug == slug:
            return each
    raise NotFound(f"tool {slug}")


def _all(actor: Actor) -> Iterable[Tool]:
    for definition in content.active(actor=actor, kind=TOOLS.name, on=clock.today()):
        yield _tool(definition)


def _tool(definition: Definition) -> Tool:
    return _READ.get(definition.digest, lambda: tool_in(definition))
