"""Whose answers a questionnaire asks for, and for whom it is made: what its `subjectType` and tags say."""

from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum
from typing import Any

from medspiller.questionnaires.domain.definition.reading_values import objects, text

TAG_SYSTEM = "urn:medspiller:questionnaire-tag"


class Subject(StrEnum):
    """
    Who owns the answers. Carer and patient are two owners of confidentiality, never mixed.

    PERSON is whoever the answers are about: the patient, or a child who is cared for or worried about.
    """

    CARER = "RelatedPerson"
    PERSON = "Patient"


class Tag(StrEnum):
    """What Medspiller does differently with a questionnaire."""

    CHILD_8_12 = "child-8-12"
    CHILD_13_15 = "child-13-15"
    CHILD_16_18 = "child-16-18"
    ABOUT_CHILD = "about-child"
    CONCERN_FOR_CHILD = "concern-for-child"
    STAFF_ONLY = "staff-only"
    SELF = "self"
    CHECKLIST = "checklist"
    AGREEMENT = "agreement"
    # Answers belong to nobody and are only counted, by whoever asks: it is begun for no one.
    COUNTED = "counted"


CHILDREN = frozenset({Tag.CHILD_8_12, Tag.CHILD_13_15, Tag.CHILD_16_18})


class Concerns(StrEnum):
    """Whom a questionnaire is about, where many are listed. A child comes first, whoever the answers belong to."""

    CARER = "carer"
    PERSON = "person"
    CHILD = "child"


def concerns(subject: Subject, tags: Collection[Tag]) -> Concerns:
    """Return whom a questionnaire is about, from its subject and tags."""
    if not (CHILDREN | {Tag.ABOUT_CHILD, Tag.CONCERN_FOR_CHILD}).isdisjoint(tags):
        return Concerns.CHILD
    return Concerns.CARER if subject is Subject.CARER else Concerns.PERSON


def subject_of(written: Mapping[str, Any]) -> Subject | None:
    """Return whose answers a Questionnaire, given as JSON, asks for; None if it does not say exactly one."""
    said = written.get("subjectType")
    if isinstance(said, list) and len(said) == 1 and said[0] in set(Subject):
        return Subject(said[0])
    return None


def tags_of(written: Mapping[str, Any]) -> frozenset[Tag]:
    """Return the tags of a Questionnaire, given as JSON; those that nobody here knows are left out."""
    return frozenset(Tag(code) for code in _codes(written) if code in set(Tag))


def faults_of_audience(written: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with subject and tags: the element, and what to say of it."""
    if subject_of(written) is None:
        told = " or ".join(f'["{subject.value}"]' for subject in Subject)
        yield "subjectType", f"must be {told}: whose answers they are"
    for code in _codes(written):
        if code not in set(Tag):
            yield "meta.tag", f"{code or 'a tag without code'} is not known here; known are {', '.join(Tag)}"
    tags = tags_of(written)
    if {Tag.STAFF_ONLY, Tag.SELF} <= tags:
        yield "meta.tag", "staff-only and self exclude each other"
    if Tag.CONCERN_FOR_CHILD in tags and Tag.STAFF_ONLY not in tags:
        yield "meta.tag", "concern-for-child is for staff only, and must be tagged staff-only"
    if len(tags & CHILDREN) > 1:
        yield "meta.tag", "is for one age only"


def _codes(written: Mapping[str, Any]) -> Iterator[str]:
    meta = written.get("meta")
    for tag in objects(meta, "tag") if isinstance(meta, Mapping) else ():
        if tag.get("system") == TAG_SYSTEM:
            yield text(tag, "code")
