"""The days on which the law of these tables changed, and how paragraphs were numbered on either side."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from medspiller.people.domain.sentences import Sentence

# Pasient- og brukerrettighetsloven and helsepersonelloven came into force; before it we know no rules.
FIRST_DAY = date(2001, 1, 1)
# hpl § 10 a: children as next of kin.
CHILDREN_AS_NEXT_OF_KIN = date(2010, 1, 1)
# Siblings in § 10 a, and § 10 b.
SIBLINGS_AND_BEREAVED = date(2018, 1, 1)
# pbrl § 3-4 (6) and § 4-4: foster parents and institutions beside the child welfare service.
FOSTER_PARENTS = date(2026, 1, 1)
# Lov 2025-67: beslutningskompetanse, and new rights of the nearest in §§ 3-1 and 3-3.
COMPETENCE_REFORM = date(2026, 6, 1)
# Lov 2026-1: hpl chapter 5 written anew.
CONFIDENTIALITY_REFORM = date(2026, 7, 1)

# One day out of each period in which the tables answer alike, for a case whose day is not known.
DAYS_OF_EACH_LAW = (
    FIRST_DAY,
    CHILDREN_AS_NEXT_OF_KIN,
    SIBLINGS_AND_BEREAVED,
    FOSTER_PARENTS,
    COMPETENCE_REFORM,
    CONFIDENTIALITY_REFORM,
)

NEW_WORD = Sentence("beslutningskompetanse", "avgjerdskompetanse", "decision competence")
OLD_WORD = Sentence("samtykkekompetanse", "samtykkekompetanse", "competence to consent")

# Paragraph → what it was called until 1 June 2026.
_BEFORE_REFORM: Mapping[str, str] = MappingProxyType(
    {"pbrl § 3-3 (4)": "pbrl § 3-3 (3)", "pbrl § 3-1 (5)": "pbrl § 3-1 (4)"}
)


def on_day(law: tuple[str, ...], day: date | None) -> tuple[str, ...]:
    """Return references as they were numbered on a day; those from 1 June 2026 where the day is not known."""
    if day is None or day >= COMPETENCE_REFORM:
        return law
    return tuple(_BEFORE_REFORM.get(reference, reference) for reference in law)


def word_for_competence(day: date | None) -> Sentence:
    """Return what the law called it on a day; the word of today where the day is not known."""
    return OLD_WORD if day is not None and day < COMPETENCE_REFORM else NEW_WORD
