"""Saying of which row of a first talk it is that another service refused something."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from medspiller.core.errors import NotAllowed
from medspiller.people import policies
from medspiller.people.domain.consents import ConsentInvalid
from medspiller.people.domain.contacts import ContactRefused
from medspiller.people.domain.first_talk import FirstTalkInvalid, Part, Problem
from medspiller.people.domain.need_to_know import Closed
from medspiller.people.domain.persons import AlreadyRegistered, DetailsInvalid
from medspiller.people.domain.relations import RelationAlreadyThere, RelationRefused
from medspiller.people.domain.role_rules import RoleAlreadyHeld, RoleRefused

# Detail of another service → detail of the talk.
OF_CARERS = {"value": "phone", "role": "said_to_be", "named_by_patient": "said_to_be", "related": "given_name",
             "valid_from": "birth_date"}  # fmt: skip
OF_CHILDREN = {"birth_date": "born", "valid_from": "born", "related": "given_name", "role": "born"}


@contextmanager
def naming(part: Part, row: int, names: Mapping[str, str]) -> Iterator[None]:
    """Say of which row it is that a service refused something, and by which of the talk's details."""

    def invalid(problems: Mapping[str, str]) -> FirstTalkInvalid:
        return FirstTalkInvalid([Problem(part, row, names.get(name, name), code) for name, code in problems.items()])

    try:
        yield
    except (DetailsInvalid, ContactRefused, RelationRefused, RoleRefused) as refusal:
        raise invalid(refusal.problems) from None
    except RoleAlreadyHeld:
        raise invalid({"said_to_be": "already_there"}) from None
    except ConsentInvalid as refusal:
        raise invalid({"may_know": next(iter(refusal.problems.values()))}) from None
    except AlreadyRegistered:
        raise invalid({"person_number": "another_name"}) from None
    except RelationAlreadyThere:
        raise invalid({"kind": "already_there"}) from None
    except Closed as closed:
        raise FirstTalkInvalid([Problem(part, row, "given_name", "closed")], refusal=closed.refusal) from None
    except NotAllowed as refusal:
        if refusal.reason != policies.NOT_FOLLOWED_UP:
            raise
        raise FirstTalkInvalid([Problem(part, row, "given_name", "closed")], refusal=refusal) from None
