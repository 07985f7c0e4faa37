"""What speaks for an offer, as one SQL expression; and which offers are looked at at all."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import BooleanField, Q, QuerySet, TextField
from django.db.models.expressions import RawSQL

from medspiller.catalogue.domain.entries import GRACE
from medspiller.catalogue.domain.finding.filters import Filters, Near
from medspiller.catalogue.domain.finding.ranking import WEIGHTS, WORDS
from medspiller.catalogue.domain.finding.stemming import ENGLISH
from medspiller.catalogue.domain.vocabulary import Condition, Relation
from medspiller.catalogue.models import PublishedOffer
from medspiller.core.actors import Actor

# What `ts_rank` makes of one word that stands once: its weight by this. We want the weight.
_ONE_WORD = 1.644934
TABLE = "catalogue_publishedoffer"
PLACE = RawSQL(f"{TABLE}.ctid", [], output_field=TextField())  # noqa: S611 - a constant
# Stands where the sort of number does, until it is known.
_NUMBER = "<number>"
_ALL_OF = {
    "condition": [f"condition:{each}" for each in Condition],
    "relation": [f"relation:{each}" for each in Relation],
}


@dataclass
class Score:
    """A sum in SQL, put together term by term."""

    terms: list[str] = field(default_factory=list)
    given: list[Any] = field(default_factory=list)
    has_words: bool = False

    def add(self, term: str, *given: Any) -> None:
        """Add a term with the values of its places."""
        self.terms.append(term)
        self.given += given

    def when(self, condition: str, *given: Any, weight: float) -> None:
        """Add a weight where a condition holds."""
        self.add(f"CASE WHEN {condition} THEN %s::{_NUMBER} ELSE 0 END", *given, weight)

    def words(self, stems: Sequence[str], *, language: str, weight: float) -> None:
        """Add what each stem weighs where it stands."""
        if stems:
            self.has_words = True
            weights = "{" + ", ".join(map(str, WORDS)) + "}"
            column = words_column(language)
            factor = weight * _ONE_WORD * len(stems)
            self.add(f"%s * ts_rank(%s::real[], {column}, %s::tsquery)", factor, weights, any_of(stems))

    def concepts(self, weighed: Mapping[str, float]) -> None:
        """Add what each concept weighs that an offer bears, and what is against one that is for others."""
        for concept, sureness in weighed.items():
            self.when(f"%s = ANY({TABLE}.concepts)", concept, weight=WEIGHTS.of(concept) * sureness)
        for sort, of_others, of_one in (
            ("condition", WEIGHTS.other_condition, WEIGHTS.one_condition),
            ("relation", WEIGHTS.other_relation, WEIGHTS.one_relation),
        ):
            asked = [concept for concept in weighed if concept.startswith(f"{sort}:")]
            is_for_some = f"{TABLE}.concepts && %s::varchar[]"
            if asked:
                # The few first: most that are weighed bear them, and are not held against all there are.
                self.when(f"NOT {is_for_some} AND {is_for_some}", asked, _ALL_OF[sort], weight=of_others)
            elif weighed:
                self.when(is_for_some, _ALL_OF[sort], weight=of_one)

    def age(self, years: int | None) -> None:
        """Take away from what somebody of that age cannot use."""
        if years is not None:
            self.when(f"{TABLE}.age_from > %s OR {TABLE}.age_to <= %s", years, years, weight=WEIGHTS.wrong_age)

    def standing(self, actor: Actor, on: date) -> None:
        """Add how near it is, and take away where nobody has looked at it for long, or it is closed now."""
        if actor.tenant_id is not None:
            self.when(f"{TABLE}.tenant_id = %s", actor.tenant_id, weight=WEIGHTS.own)
        self.when(f"{TABLE}.review_on < %s", on - GRACE, weight=WEIGHTS.doubtful)
        now = on.isoformat()
        self.when(
            f"{TABLE}.closures <> '[]' AND EXISTS (SELECT FROM jsonb_array_elements({TABLE}.closures) AS closed "
            "WHERE closed->>'from' <= %s AND (closed->>'to' IS NULL OR closed->>'to' > %s))",
            now,
            now,
            weight=WEIGHTS.closed,
        )

    @property
    def sql(self) -> str:
        """
        The sum; `given` are the values of its places.

        What words weigh is no exact number, so the sum is none either: then none has to be made of an exact one in
        every row. Without words it is exact, and what weighs the same stands by its name.
        """
        return " + ".join(self.terms).replace(_NUMBER, "float8" if self.has_words else "numeric") or "0"


def words_column(language: str) -> str:
    """Return the column that words of a language, `no` or `en`, stand in."""
    return f"{TABLE}.words_en" if language == ENGLISH else f"{TABLE}.words_no"


def any_of(stems: Iterable[str]) -> str:
    """Return a query for any of some stems. They hold letters and figures alone, so nothing has to be escaped."""
    return " | ".join(f"'{stem}'" for stem in stems)


def all_of(stems: Iterable[str]) -> str:
    """Return a query for all of some stems."""
    return " & ".join(f"'{stem}'" for stem in stems)


def with_words(query: str, *, language: str) -> RawSQL:
    """Return the condition that an offer has words."""
    return RawSQL(f"{words_column(language)} @@ %s::tsquery", [query], output_field=BooleanField())  # noqa: S611 - a constant


def with_title(query: str, *, language: str) -> RawSQL:
    """Return the condition that its title or search words are so."""
    column = words_column(language)
    return RawSQL(f"ts_filter({column}, '{{a}}') @@ %s::tsquery", [query], output_field=BooleanField())  # noqa: S611 - a constant


def narrowed(
    rows: QuerySet[PublishedOffer], filters: Filters, *, actor: Actor, area: Sequence[str]
) -> QuerySet[PublishedOffer]:
    """Return those that pass the filters. `area` are the codes that the reader's municipality lies in, widest first."""
    for sort, codes in (("need", filters.needs), ("kind", filters.kinds), ("way", filters.ways)):
        if codes:
            rows = rows.filter(concepts__overlap=[f"{sort}:{code}" for code in sorted(codes)])
    if filters.access:
        rows = rows.filter(concepts__contains=[f"access:{code}" for code in sorted(filters.access)])
    for sort, chosen in (("relation", filters.relations), ("condition", filters.conditions)):
        if chosen:
            fits = Q(concepts__overlap=[f"{sort}:{code}" for code in sorted(chosen)])
            rows = rows.filter(fits | ~Q(concepts__overlap=_ALL_OF[sort]))
    if filters.situations:
        rows = rows.filter(concepts__overlap=[f"situation:{code}" for code in sorted(filters.situations)])
    rows = of_age(rows, filters.age)
    if filters.language:
        rows = rows.filter(languages__contains=[filters.language])
    if filters.district:
        rows = rows.filter(Q(districts=[]) | Q(districts__contains=[filters.district]))
    for name in ("is_digital", "is_evening", "is_free", "is_anonymous", "is_for_children"):
        if getattr(filters, name):
            rows = rows.filter(**{name: True})
    return rows if filters.near is None else rows.filter(_near(filters.near, actor, area))


def of_age(rows: QuerySet[PublishedOffer], years: int | None) -> QuerySet[PublishedOffer]:
    """Return those that somebody of an age can use; all, where it is not known."""
    if years is None:
        return rows
    begun = Q(age_from=None) | Q(age_from__lte=years)
    return rows.filter(begun, Q(age_to=None) | Q(age_to__gt=years))


def unasked(
    rows: QuerySet[PublishedOffer], *, never: Collection[str], not_alone: Collection[str]
) -> QuerySet[PublishedOffer]:
    """Return those without any of the concepts of `never`, and not for conditions of `not_alone` and no other."""
    if never:
        rows = rows.exclude(concepts__overlap=sorted(never))
    others = sorted(set(_ALL_OF["condition"]) - set(not_alone))
    return rows.exclude(Q(concepts__overlap=sorted(not_alone)) & ~Q(concepts__overlap=others))


def _near(near: Near, actor: Actor, area: Sequence[str]) -> Q:
    if near is Near.NATION:
        return Q(area__contains=list(area[:1]))
    within = list(area[2:] if near is Near.MUNICIPALITY else area[1:])
    own = Q(area__overlap=within) if within else Q(pk__in=[])
    return own | Q(tenant_id=actor.tenant_id) if actor.tenant_id is not None else own
