"""
Finding offers: by words, by what was answered, and while somebody types.

Which offers are weighed is bounded, so that a word that every offer has takes no longer than one that few have. What
indexes alone can tell says which: those that have all the words come first, then those that fit in every respect that
was named, then those that have a word and fit in some respect, then those that have or fit any.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.sql import Query

from medspiller.catalogue.domain.content_wording import WORDING, wording_from
from medspiller.catalogue.domain.entries import is_doubtful
from medspiller.catalogue.domain.finding import choosing, suggesting
from medspiller.catalogue.domain.finding.choosing import Choice, Known, Traits, When
from medspiller.catalogue.domain.finding.filters import Filters
from medspiller.catalogue.domain.finding.normalising import fold, words_in
from medspiller.catalogue.domain.finding.ranking import MOST_COUNTED, MOST_HAVING, WEIGHTS
from medspiller.catalogue.domain.finding.ranking import rarity as rarity_of
from medspiller.catalogue.domain.finding.results import PAGE, Each, Found, Hit, Ranked, Suggestion, SuggestionKind
from medspiller.catalogue.domain.finding.stemming import ENGLISH, NORWEGIAN
from medspiller.catalogue.domain.finding.understanding import Understanding, read, understand
from medspiller.catalogue.domain.finding.wording import Who, Wording
from medspiller.catalogue.domain.laying_out import NATION, closed_on
from medspiller.catalogue.domain.vocabulary import Need, OfferKind, Relation, Way
from medspiller.catalogue.models import PublishedOffer
from medspiller.catalogue.selectors import _scoring
from medspiller.catalogue.selectors._scoring import TABLE as _TABLE
from medspiller.catalogue.selectors._scoring import Score
from medspiller.catalogue.selectors.offers import Shown, area_of, shown_by_slug, visible, visible_in
from medspiller.content import selectors as content
from medspiller.content.domain.remembered import Remembered
from medspiller.core import clock
from medspiller.core.actors import Actor

# So many offers are weighed against each other; that there are more is said.
MOST_WEIGHED = 1000
MOST_CHOSEN = 10
_MOST_TITLES = 60
_MOST_LIKE = 6
_MOST_COUNTED_STEMS = 12
_GROWN_AT = 18
# Most who care for somebody are older than what ends at this age.
_NOT_YOUNG_AT = 40

_READ: Remembered[Wording] = Remembered(at_most=4)


def wording(*, actor: Actor) -> Wording:
    """Return what words stand for as it is published today; knowing nothing, where nothing is."""
    today = clock.today()
    pin = content.fingerprint(actor=actor, kinds=(WORDING,), on=today)
    return _READ.get(pin, lambda: wording_from(content.active(actor=actor, kind=WORDING, on=today)))


def find(*, actor: Actor, query: str, filters: Filters, language: str, on: date, page: int = 1) -> Found[Hit]:
    """
    Return one page of the offers that fit words and filters, the fittest first; all that pass, where no word tells.

    `language` is that of the page: the words may be in another. Nothing of the query is kept.
    """

    def hits(best: Mapping[UUID, str], _area: Sequence[str]) -> tuple[Hit, ...]:
        found = _hits(actor, best, on)
        return tuple(found[each] for each in best if each in found)

    return _found(actor, query, filters, language, on, page, hits)


def find_shown(*, actor: Actor, query: str, filters: Filters, language: str, on: date, page: int = 1) -> Found[Shown]:
    """Return the same as a list shows them: of several with one name, once, the one that the name leads to."""

    def shown(best: Mapping[UUID, str], area: Sequence[str]) -> tuple[Shown, ...]:
        return shown_by_slug(actor=actor, slugs=list(best.values()), area=area, on=on)

    return _found(actor, query, filters, language, on, page, shown)


def _found(
    actor: Actor,
    query: str,
    filters: Filters,
    language: str,
    on: date,
    page: int,
    read_all: Callable[[Mapping[UUID, str], Sequence[str]], tuple[Each, ...]],
) -> Found[Each]:
    """Find, and let `read_all` make what is wanted of the slugs by id, the best first, and of the reader's area."""
    meant = _understood(actor, query, language)
    area = area_of(actor=actor, on=on)
    rows = _scoring.narrowed(visible_in(actor=actor, area=area, on=on), filters, actor=actor, area=area)
    score = _score(meant, filters, actor=actor, on=on)
    best, total = _best(rows, _tiers(meant, actor), score, page=page)
    return Found(
        hits=read_all(best, area),
        total=total,
        is_capped=total >= MOST_WEIGHED,
        page=page,
        pages=max(1, -(-total // PAGE)),
        urgency=meant.urgency,
        corrected=meant.corrected,
        concepts=tuple(sorted(meant.concepts, key=lambda concept: (-meant.concepts[concept], concept))),
    )


def suggest(*, actor: Actor, text: str, language: str, on: date) -> tuple[Suggestion, ...]:
    """Return what the letters so far may become: phrases of everyday life first, then titles of offers."""
    known = wording(actor=actor)
    phrases = suggesting.phrases_for(text, wording=known, language=language)
    typed = words_in(text)
    if not typed or len(typed[-1]) < suggesting.FEWEST_LETTERS:
        return phrases
    spoken = ENGLISH if language == ENGLISH else NORWEGIAN
    begins = " & ".join(_begins(word, known, spoken) for word in typed)
    rows = visible(actor=actor, on=on).filter(_scoring.with_title(begins, language=spoken))
    found = [
        (row["tenant_id"] != actor.tenant_id, suggesting.place_of(typed, title), title, row["slug"])
        for row in rows.values("tenant_id", "slug", "card__title")[:_MOST_TITLES]
        if suggesting.fits(typed, title := row["card__title"].get(language, ""), wording=known, language=spoken)
    ]
    titles = tuple(Suggestion(SuggestionKind.OFFER, title, slug) for _, _, title, slug in sorted(found))
    return (*phrases, *titles)[: suggesting.MOST]


def everyday(*, actor: Actor, language: str) -> tuple[str, ...]:
    """Return the sentences of the everyday entrance, each of which is a search."""
    return tuple(meaning.show[language] for meaning in wording(actor=actor).shown() if meaning.show)


def choose(*, actor: Actor, choice: Choice, on: date) -> tuple[Ranked, ...]:
    """
    Return the offers that fit what was answered, the fittest first, each with why and what to do next.

    Nothing in it is kept. An offer for which nothing speaks but that it is near is none; without any answer there is
    none at all.
    """
    if not choosing.concepts_of(choice):
        return ()
    rows = visible(actor=actor, on=on).filter(concepts__overlap=list(choosing.concepts_of(choice)))
    ranked = _fittest(_scoring.of_age(rows, choice.years), choice, actor=actor, on=on)
    return tuple(one for one in ranked if set(one.reasons) - {"own", "age"})[:MOST_CHOSEN]


def suited(*, actor: Actor, known: Known, on: date) -> tuple[Ranked, ...]:
    """
    Return the offers to suggest to somebody who has not asked, the fittest first, each with why.

    Each answers a need that was named, and is for such as them: what is for another age, for others than they are to
    whom they care for, for another illness than is known, or for a life that nobody has said they lead, is none of
    them. What makes no difference fits everybody, and of what is not known nothing follows; but of what is never
    guessed. Without any need there is none at all.
    """
    if not known.needs:
        return ()
    relations = known.relations or frozenset({known.relation} if known.relation else ())
    asked = Filters(needs=known.needs, relations=relations, conditions=known.conditions, age=known.years)
    rows = _scoring.narrowed(visible(actor=actor, on=on), asked, actor=actor, area=())
    rows = _scoring.unasked(rows, never=choosing.for_others(known), not_alone=choosing.never_guessed(known))
    return tuple(_fittest(rows, known, actor=actor, on=on))[:MOST_CHOSEN]


def _fittest(rows: QuerySet[PublishedOffer], choice: Choice, *, actor: Actor, on: date) -> list[Ranked]:
    """Return the best of some offers for somebody, with why each fits."""
    weighed = choosing.concepts_of(choice)
    score = Score()
    score.concepts(weighed)
    score.age(choice.years)
    _for_whom(score, years=choice.years, is_child=_is_child(choice.years, None), is_about_children=False)
    score.standing(actor, on)
    if choice.when is When.EVENING:
        score.when("is_evening", weight=WEIGHTS.evening)
    if choice.when is When.FROM_HOME:
        score.when("is_digital", weight=WEIGHTS.digital)
    ids, _total = _best(rows, [*_in_every_respect(weighed), None], score, page=1, per_page=2 * MOST_CHOSEN)
    hits = _hits(actor, ids, on)
    more = {
        row["id"]: row
        for row in PublishedOffer.objects.filter(id__in=list(ids)).values("id", "body__how", "age_from", "age_to")
    }
    return [_ranked(choice, hits[each], more[each]) for each in ids if each in hits and each in more]


def _ranked(choice: Choice, hit: Hit, row: Mapping[str, Any]) -> Ranked:
    traits = Traits(
        concepts=hit.concepts,
        is_own=hit.is_own,
        is_digital=hit.is_digital,
        is_evening=hit.is_evening,
        is_for_age=hit.is_for_children or row["age_to"] is not None,
    )
    return Ranked(hit=hit, reasons=choosing.reasons_for(choice, traits), how=row["body__how"])


def _understood(actor: Actor, query: str, language: str) -> Understanding:
    """Return what is looked for, after asking the catalogue about words that the wording does not know."""
    if not words_in(query):
        return Understanding(language=ENGLISH if language == ENGLISH else NORWEGIAN)
    known = wording(actor=actor)
    reading = read(query, wording=known, language=language)
    like: dict[str, tuple[str, ...]] = {}
    if reading.to_ask:
        with connection.cursor() as cursor:
            cursor.execute(_LIKE, [reading.language, _MOST_LIKE, list(reading.to_ask)])
            like = {asked: tuple(found) for asked, found in cursor.fetchall()}
    return understand(reading, wording=known, like=like)


_LIKE = """
SELECT asked.word, array(
    SELECT known.word FROM catalogue_knownword AS known
    WHERE known.word %% asked.word AND known.language = %s
    ORDER BY similarity(known.word, asked.word) DESC, known.word LIMIT %s
) FROM unnest(%s::text[]) AS asked(word)
"""


def _score(meant: Understanding, filters: Filters, *, actor: Actor, on: date) -> Score:
    score = Score()
    for rarity, stems in _by_rarity(meant).items():
        score.words(stems, language=meant.language, weight=WEIGHTS.word * rarity)
    score.words(meant.also, language=meant.language, weight=WEIGHTS.also)
    score.concepts(meant.concepts)
    years = filters.age if filters.age is not None else meant.age
    score.age(years)
    about = meant.names_the_young or filters.is_for_children or Relation.YOUNG_CHILD in filters.relations
    about = about or Need.CHILDREN_AT_HOME in filters.needs
    _for_whom(score, years=years, is_child=_is_child(years, meant.who), is_about_children=about)
    score.standing(actor, on)
    return score


def _by_rarity(meant: Understanding) -> dict[float, list[str]]:
    """Return the stems by how much each tells. One alone need not be counted: it tells the same of all."""
    if len(meant.stems) < 2:
        return {1.0: list(meant.stems)}
    having = f"catalogue_publishedoffer WHERE {_scoring.words_column(meant.language)} @@ %s::tsquery"
    # Each with its own constant, so that the planner knows which of them are rare.
    count = f"(SELECT count(*) FROM (SELECT FROM {having} LIMIT %s) AS counted)"  # noqa: S608
    stems = meant.stems[:_MOST_COUNTED_STEMS]
    given = [value for stem in stems for value in (_scoring.any_of([stem]), MOST_HAVING)]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join([count] * len(stems))}, {_ALL}", [*given, MOST_COUNTED])
        *numbers, every = cursor.fetchone()
    found: dict[float, list[str]] = {}
    for stem, number in zip(stems, numbers, strict=True):
        found.setdefault(rarity_of(number, every), []).append(stem)
    return found


_ALL = "(SELECT count(*) FROM (SELECT FROM catalogue_publishedoffer LIMIT %s) AS counted)"


def _is_child(years: int | None, who: Who | None) -> bool:
    return years < _GROWN_AT if years is not None else who is Who.CHILD


def _for_whom(score: Score, *, years: int | None, is_child: bool, is_about_children: bool) -> None:
    """Put children's offers first for children, and what is for the young after others where nobody speaks of them."""
    if is_child:
        score.when("is_for_children", weight=WEIGHTS.for_children)
        score.when("NOT is_for_children AND age_from >= %s", _GROWN_AT, weight=WEIGHTS.not_for_children)
    elif not is_about_children:
        score.when("is_for_children", weight=WEIGHTS.children_unasked)
        if years is None:
            score.when("NOT is_for_children AND age_to <= %s", _NOT_YOUNG_AT, weight=WEIGHTS.young_unasked)


def _tiers(meant: Understanding, actor: Actor) -> Sequence[Q | None]:
    """Return which offers to weigh, those first that must be among them however many there are; None is all."""
    if meant.is_empty:
        return [*([Q(tenant_id=actor.tenant_id)] if actor.tenant_id is not None else []), None]
    stems, wanted = [*meant.stems, *meant.also], list(meant.concepts)
    has_word = Q(_scoring.with_words(_scoring.any_of(stems), language=meant.language)) if stems else None
    fits_any = Q(concepts__overlap=wanted) if wanted else None
    strong = _in_every_respect(wanted)
    if len(meant.stems) > 1:
        strong.append(Q(_scoring.with_words(_scoring.all_of(meant.stems), language=meant.language)))
    tiers: list[Q | None] = [reduce(or_, strong)] if strong else []
    if has_word is not None and fits_any is not None:
        tiers += [has_word & fits_any, has_word | fits_any]
    else:
        tiers.append(has_word or fits_any or Q(pk__in=[]))
    return tiers


def _in_every_respect(concepts: Iterable[str]) -> list[Q]:
    """Return the condition that an offer bears a concept of each sort among these; none where they are of one sort."""
    sorts: dict[str, list[str]] = {}
    for concept in concepts:
        sorts.setdefault(concept.partition(":")[0], []).append(concept)
    return [Q(*(Q(concepts__overlap=each) for each in sorts.values()))] if len(sorts) > 1 else []


def _pick(at: int) -> str:
    """
    Return the SQL that adds offers of a tier to those picked before it, unless these are enough.

    A tier is a part of its own: planned as if all of it were read, which lets indexes find it, and read no further
    than it is picked from. A condition without columns is asked before it is begun.
    """
    first = f"SELECT at FROM (SELECT at FROM tier_{at} LIMIT {MOST_WEIGHED}) AS first"  # noqa: S608 - numbers alone
    if not at:
        return f"picked_0 AS MATERIALIZED ({first})"
    before = f"picked_{at - 1}"
    # None twice: those that are there already are looked up only where there are more to add.
    unless = f"(SELECT count(*) FROM {before}) < {MOST_WEIGHED} AND at NOT IN (SELECT at FROM {before})"  # noqa: S608 - the same
    return f"picked_{at} AS MATERIALIZED (SELECT at FROM {before} UNION ALL {first} WHERE {unless})"  # noqa: S608 - the same


def _best(
    rows: QuerySet[PublishedOffer], tiers: Sequence[Q | None], score: Score, *, page: int, per_page: int = PAGE
) -> tuple[dict[UUID, str], int]:
    """
    Return the slugs of one page by id, the best first, and how many there are, at most `MOST_WEIGHED`.

    The last tier holds all there are. Each is asked only where those before it do not hold enough, and what is picked
    is weighed once, when all are: to look for words is cheap, to weigh them is not.
    """
    # Where a row lies holds for one statement, and is found without an index.
    query = rows.order_by().annotate(at=_scoring.PLACE).values_list("at").query
    every, of_every = query.sql_with_params()
    picked: list[str] = []
    given: list[Any] = []
    for at, tier in enumerate(tiers):
        sql, params = _condition(query, tier)
        picked += [f"tier_{at} AS MATERIALIZED ({every}{sql})", _pick(at)]
        given += [*of_every, *params]
    # The parts are Django's own SQL; every value is a parameter. `OFFSET 0` lets each be fetched by its id.
    statement = (
        f"WITH {', '.join(picked)} SELECT weighed.id, weighed.slug, count(*) OVER () "  # noqa: S608
        f"FROM picked_{len(tiers) - 1} AS picked CROSS JOIN LATERAL (SELECT {_TABLE}.id, slug, {score.sql} AS score "
        f"FROM {_TABLE} WHERE {_TABLE}.ctid = picked.at OFFSET 0) AS weighed "
        "ORDER BY weighed.score DESC, weighed.slug, weighed.id LIMIT %s OFFSET %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*given, *score.given, per_page, max(page - 1, 0) * per_page])
        found = cursor.fetchall()
    return {row[0]: row[1] for row in found}, min(found[0][2], MOST_WEIGHED) if found else 0


def _condition(query: Query, tier: Q | None) -> tuple[str, Sequence[Any]]:
    """Return what a tier adds to the conditions of all: Django takes longer to write those anew than to run them."""
    if tier is None:
        return "", ()
    sql, params = query.get_compiler(connection.alias).compile(query.build_where(tier))
    return f" AND ({sql})", params


def _hits(actor: Actor, ids: Iterable[UUID], on: date) -> dict[UUID, Hit]:
    rows = PublishedOffer.objects.filter(id__in=list(ids)).defer("body", "words_no", "words_en")
    return {row.id: _hit(row, actor, on) for row in rows}


def _hit(row: PublishedOffer, actor: Actor, on: date) -> Hit:
    closed = closed_on(row.closures, on)
    return Hit(
        id=row.id,
        slug=row.slug,
        title=row.card["title"],
        summary=row.card["summary"],
        kind=OfferKind(row.kind),
        way=Way(row.way),
        provider=row.card.get("provider", {}).get("nb", ""),
        is_own=row.tenant_id is not None and row.tenant_id == actor.tenant_id,
        is_national=NATION in row.area,
        is_digital=row.is_digital,
        is_evening=row.is_evening,
        is_free=row.is_free,
        is_anonymous=row.is_anonymous,
        is_for_children=row.is_for_children,
        is_doubtful=is_doubtful(row.review_on, today=on),
        closed=None if closed is None else closed["text"],
        districts=tuple(row.districts),
        concepts=frozenset(row.concepts),
    )


def _begins(word: str, known: Wording, language: str) -> str:
    """Return a query for words that begin so, or of which it is a form."""
    forms = {fold(word), known.stem(word, language)}
    return "(" + " | ".join(f"'{form}':*" for form in sorted(forms)) + ")"
