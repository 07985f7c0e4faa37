"""Who may see an entry: what is withheld, from whom, and what a release changes."""

from collections.abc import Collection
from enum import StrEnum

from medspiller.audit.domain.information import Information
from medspiller.core.errors import MedspillerError


class Viewer(StrEnum):
    """In which capacity somebody looks at the log about a person."""

    PERSON = "person"
    REPRESENTATIVE = "representative"
    STAFF = "staff"


class WithheldReason(StrEnum):
    """
    What an entry can be tied to that is not for everybody to see.

    `KEPT_FROM_PARENTS` is weighty interests of the child against it, or the refusal of a
    child of 12 to 15 that should be respected (pbrl § 3-4 second and third paragraph).
    """

    CONCERN_FOR_CHILD = "concern_for_child"
    SAFETY = "safety"
    KEPT_FROM_PARENTS = "kept_from_parents"
    PROTECTED_ADDRESS = "protected_address"
    NOT_WITHHELD = ""


class Withheld(StrEnum):
    """
    From whom an entry is withheld until it is released to them, mildest first.

    There is no level on which a representative sees what the person does not.
    """

    NONE = "none"
    REPRESENTATIVES = "representatives"
    PERSON_AND_REPRESENTATIVES = "person_and_representatives"


class Audience(StrEnum):
    """To whom a release opens an entry."""

    PERSON = "person"
    PERSON_AND_REPRESENTATIVES = "person_and_representatives"


class WithholdingIncomplete(ValueError):
    """An entry was to be withheld without saying why."""


class NothingToRelease(MedspillerError):
    """The entry is already open to those the release names."""


_TIED_TO = {
    Information.CONCERN_FOR_CHILD: WithheldReason.CONCERN_FOR_CHILD,
    Information.SAFETY: WithheldReason.SAFETY,
    Information.KEPT_FROM_PARENTS: WithheldReason.KEPT_FROM_PARENTS,
    Information.PROTECTED_ADDRESS: WithheldReason.PROTECTED_ADDRESS,
}
_LEVELS = tuple(Withheld)
_SEES_WITHOUT_RELEASE = {
    Viewer.PERSON: frozenset({Withheld.NONE, Withheld.REPRESENTATIVES}),
    Viewer.REPRESENTATIVE: frozenset({Withheld.NONE}),
    Viewer.STAFF: frozenset(Withheld),
}
_RELEASES_FOR = {
    Viewer.PERSON: frozenset(Audience),
    Viewer.REPRESENTATIVE: frozenset({Audience.PERSON_AND_REPRESENTATIVES}),
    Viewer.STAFF: frozenset[Audience](),
}


def withholding(
    *, information: Collection[Information], withheld: Withheld | str, reason: WithheldReason | str
) -> tuple[Withheld, WithheldReason]:
    """
    Return from whom an entry is withheld, and why.

    Information that is tied to one of the reasons withholds the entry from everybody
    but staff, whether the caller remembered to ask for it or not; so does a reason given
    without a level. Asking for less than that changes nothing.

    :raises WithholdingIncomplete: if a level is asked for and nothing says why.
    """
    level, because = Withheld(withheld), WithheldReason(reason)
    tied = [_TIED_TO[category] for category in information if category in _TIED_TO]
    if tied:
        return Withheld.PERSON_AND_REPRESENTATIVES, because or tied[0]
    if because and level is Withheld.NONE:
        return Withheld.PERSON_AND_REPRESENTATIVES, because
    if level is not Withheld.NONE and not because:
        raise WithholdingIncomplete("say why the entry is withheld")
    return level, because


def seen_without_release(viewer: Viewer) -> frozenset[Withheld]:
    """Return the levels of withholding that do not concern this viewer."""
    return _SEES_WITHOUT_RELEASE[viewer]


def releases_for(viewer: Viewer) -> frozenset[Audience]:
    """Return the audiences of a release that include this viewer."""
    return _RELEASES_FOR[viewer]


def may_see(*, viewer: Viewer, withheld: Withheld, released_to: Collection[Audience]) -> bool:
    """Say whether the viewer may see an entry that is withheld on this level and has been released to these."""
    return withheld in seen_without_release(viewer) or not releases_for(viewer).isdisjoint(released_to)


def still_withheld(*, withheld: Withheld, released_to: Collection[Audience]) -> Withheld:
    """Return from whom the entry is still withheld, all releases taken into account."""
    for level, viewer in ((_LEVELS[2], Viewer.PERSON), (_LEVELS[1], Viewer.REPRESENTATIVE)):
        if not may_see(viewer=viewer, withheld=withheld, released_to=released_to):
            return level
    return Withheld.NONE


def ensure_release_changes_something(
    *, withheld: Withheld, released_to: Collection[Audience], to_whom: Audience
) -> None:
    """
    Accept a release only if somebody will see the entry who does not see it now.

    :raises NothingToRelease: if nobody will.
    """
    before = still_withheld(withheld=withheld, released_to=released_to)
    if still_withheld(withheld=withheld, released_to=[*released_to, to_whom]) is before:
        raise NothingToRelease(to_whom)
