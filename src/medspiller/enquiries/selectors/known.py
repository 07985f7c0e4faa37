"""What is known already of somebody who asks, who is then spared writing it."""

from collections.abc import Callable, Iterable

from medspiller.access.domain.actors import Actor
from medspiller.core.actors import ActorKind
from medspiller.enquiries.domain.wishes import Known, language_of
from medspiller.people import selectors as people
from medspiller.people.domain.contacts import ContactSystem, as_said
from medspiller.people.selectors import SeenContact


def known(*, actor: Actor, in_language: str) -> Known | None:
    """
    Return what the register has of the actor themselves; None for anybody but a citizen who is in it.

    Nothing is logged by this: it shows the actor to the actor. An e-mail address is told where no telephone number is
    known. What was said to be unsafe to call or to write to is left out.
    """
    if actor.kind is not ActorKind.CITIZEN:
        return None
    page = people.own_page(actor=actor)
    if page is None:
        return None
    phone = _first(page.contacts, ContactSystem.PHONE, is_safe=lambda each: each.safe_to_call is not False)
    email = _first(page.contacts, ContactSystem.EMAIL, is_safe=lambda each: each.safe_for_notices is not False)
    language, other = language_of(page.said.language, in_language=in_language)
    return Known(
        name=page.name,
        phone=as_said(ContactSystem.PHONE, phone),
        email="" if phone else email,
        language=language,
        other_language=other,
        needs_interpreter=page.said.needs_interpreter is True,
    )


def _first(contacts: Iterable[SeenContact], system: ContactSystem, *, is_safe: Callable[[SeenContact], bool]) -> str:
    """The one to be tried first of those that are the person's own: a parent's telephone is not."""
    fitting = [each for each in contacts if each.system is system and each.own and is_safe(each)]
    return min(fitting, key=lambda each: each.rank).value if fitting else ""
