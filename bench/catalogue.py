"""
Figures of the catalogue: finding, type-ahead, choosing, and the public pages, among 5,000 and 50,000 entries.

All entries are one municipality's: the worst there is, since every one of them may be shown to every reader of it.
They are the shipped and the demo's offers over and over, each with words, a place and a title of its own.
"""

import gzip
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection, connections
from django.test import Client

from bench.measure import Bench, sized
from medspiller.access.domain import actors
from medspiller.catalogue import selectors
from medspiller.catalogue.domain.finding import Age, Choice, Filters, When
from medspiller.catalogue.domain.vocabulary import Condition, Need, Relation
from medspiller.catalogue.tests.every_offer import every_offer
from medspiller.core import clock, tenancy
from tests.support.database import HERE
from tests.support.staff import build_house

FEW, MANY = sized(5_000), sized(50_000)
_SEARCH, _AHEAD, _FRONT, _LISTING = "p95 ≤ 60 ms", "p95 ≤ 30 ms", "≤ 25 ms", "≤ 80 ms"
_SESSIONS_EACH = 4
_QUERIES = {
    "everyday words": "Jeg får ikke sove",
    "a sentence": "mannen min har demens og jeg trenger noen timer fri i helga",
    "a word that many have": "avlastning",
    "a word that few have": "sted17",
    "a word that is written wrong": "pårørene skole demmens",
    "dialect": "æ får itj sova og e så sleten",
    "English": "my mother forgets everything and I am tired",
    "nothing that is known": "xyzzy quux",
    "no words: all there is": "",
    "10,000 letters": "pårørende hjelp demens sove " * 360,
}
_NARROW = Filters(needs=frozenset({Need.PEERS}), age=45, is_evening=True, is_free=True)
_LETTERS = ("so", "avl", "samtaleg", "jeg tren", "gruppe for so", "sted19")
# What a page fetches before it is there as it is meant: no images, no font.
_FETCHED = re.compile(r'<link rel="stylesheet" href="([^"]+)"|<script [^>]*?src="([^"]+)"')
_DESIGN_SYSTEM = re.compile(r'data-design-system="([^"]+)"')
_IMPROVED = re.compile(r"<[a-z-]+[^>]* (?:popover|data-tooltip|command)\b|<ds-(?:suggestion|tabs)\b")
# Everything but what makes them different is copied within the database, faster than any client could send it.
_ENTRIES = """
INSERT INTO catalogue_entry (tenant_id, id, slug, unit_id, review_on, made_at)
SELECT medspiller_tenant(), gen_random_uuid(), 'bench-' || n, %(unit)s, current_date + 200, now()
FROM generate_series(1, %(number)s) AS n
"""
_OFFERS = """
WITH pattern AS (
    SELECT *, row_number() OVER (ORDER BY id) AS place, count(*) OVER () AS of_all FROM catalogue_publishedoffer
), numbered AS (
    SELECT id, slug, row_number() OVER (ORDER BY id) AS n FROM catalogue_entry WHERE slug LIKE 'bench-%%'
), own AS (SELECT id FROM catalogue_publishedprovider WHERE tenant_id = medspiller_tenant() ORDER BY id LIMIT 1)
INSERT INTO catalogue_publishedoffer (tenant_id, id, entry_id, slug, provider_id, version, body, card, kind, way, area,
    districts, concepts, languages, age_from, age_to, is_for_children, is_digital, is_evening, is_free, is_anonymous,
    valid_from, valid_to, review_on, closures, changed_at, words_no, words_en)
SELECT medspiller_tenant(), numbered.id, numbered.id, numbered.slug, own.id, '1', pattern.body || jsonb_build_object(
        'slug', numbered.slug), jsonb_set(pattern.card, '{title,nb}', to_jsonb(
        (pattern.card->'title'->>'nb') || ' sted' || n %% 2000)),
    pattern.kind, pattern.way, CASE WHEN 'no' = ANY(pattern.area) THEN pattern.area ELSE ARRAY['3201'] END,
    pattern.districts, pattern.concepts, pattern.languages, age_from, age_to, is_for_children, is_digital, is_evening,
    is_free, is_anonymous, valid_from, valid_to, pattern.review_on, closures, changed_at - n * interval '1 minute',
    words_no || setweight(to_tsvector('simple', 'sted' || n %% 2000), 'A')
        || setweight(to_tsvector('simple', 'ord' || n %% 7919 || ' ord' || n %% 104729), 'C'),
    words_en || setweight(to_tsvector('simple', 'word' || n %% 7919 || ' word' || n %% 104729), 'C')
FROM numbered JOIN pattern ON pattern.place = 1 + numbered.n %% pattern.of_all CROSS JOIN own
"""
_SESSIONS = """
INSERT INTO catalogue_session (tenant_id, id, entry_id, title, starts_at, ends_at, is_digital, capacity, taken,
    has_waiting_list, allows_anonymous, status, reason)
SELECT medspiller_tenant(), gen_random_uuid(), entry.id, '{}', day, day + interval '2 hours', false, 12, 3, true, false,
    'planned', '{}'
FROM catalogue_entry AS entry, generate_series(1, %(each)s) AS n,
    LATERAL (SELECT now() + (n * 7 + get_byte(uuid_send(entry.id), 15) %% 90) * interval '1 day' AS day) AS at
WHERE entry.slug LIKE 'bench-%%'
"""
# Made anew when all rows are there: many times faster than to keep them up row by row.
_INDEXES = (
    "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'catalogue_publishedoffer' AND indexdef LIKE '%gin%'"
)
_TRIGGERS = "ALTER TABLE catalogue_publishedoffer {} TRIGGER USER"
_WORDS = """
INSERT INTO catalogue_knownword (language, word)
SELECT DISTINCT language, substr(md5(n::text), 1, (4 + n %% 7)::integer) || word
FROM (SELECT language, word, row_number() OVER () AS n FROM catalogue_knownword, generate_series(1, 8)) AS made
WHERE length(word) < 40 ON CONFLICT DO NOTHING
"""
_ANALYZE = "VACUUM ANALYZE catalogue_entry, catalogue_publishedoffer, catalogue_session, catalogue_knownword"


def bench_catalogue(bench: Bench) -> None:
    """What finding and reading cost, how that grows, and how much a page fetches."""
    for number in (FEW, MANY):
        with _catalogue_of(number) as slug:
            with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.ANONYMOUS_ID):
                _finding(bench, _size(number))
            _pages(bench, number, slug)
            if number == MANY:
                _weights(bench, slug)
    _growth(bench)


def _size(number: int) -> str:
    return f"{number:,} entries, {number * _SESSIONS_EACH:,} sessions, all of one municipality"


def _finding(bench: Bench, size: str) -> None:
    actor, on = actors.anonymous(HERE), clock.today()

    def search(what: str, query: str, filters: Filters, page: int = 1) -> None:
        _measure(
            bench,
            f"search: {what}",
            lambda: selectors.find(actor=actor, query=query, filters=filters, language="nb", on=on, page=page),
            size=size,
            aim=_SEARCH,
        )

    for what, query in _QUERIES.items():
        search(what, query, Filters())
    search("filters alone", "", _NARROW)
    search("words and filters", "demens samtale", _NARROW)
    search("the last page of a word that many have", "avlastning", Filters(), 20)
    for letters in _LETTERS:
        _measure(
            bench,
            f"type-ahead: {letters}",
            lambda letters=letters: selectors.suggest(actor=actor, text=letters, language="nb", on=on),
            size=size,
            aim=_AHEAD,
        )
    choice = Choice(
        age=Age.GROWN_UP,
        relation=Relation.PARTNER,
        conditions=frozenset({Condition.DEMENTIA}),
        needs=frozenset({Need.RESPITE_HOURS, Need.NIGHT_REST}),
        when=When.EVENING,
    )
    chosen: Callable[[], object] = lambda: selectors.choose(actor=actor, choice=choice, on=on)  # noqa: E731
    _measure(bench, "help me choose", chosen, size=size, aim=_SEARCH)


def _pages(bench: Bench, number: int, slug: str) -> None:
    """Whole requests, for whoever is not signed in."""
    client, last = Client(), number // 100
    for what, path, aim in (
        ("front page", "/", _FRONT),
        ("results, everyday words", "/tilbud/?q=jeg+f%C3%A5r+ikke+sove", _SEARCH),
        ("results, a word that many have", "/tilbud/?q=avlastning", _SEARCH),
        ("results, a word that is written wrong", "/tilbud/?q=p%C3%A5r%C3%B8rene+skole+demmens", _SEARCH),
        ("results, nothing", "/tilbud/?q=xyzzy+quux", _SEARCH),
        ("results, filters", "/tilbud/?q=demens&kveld=on&gratis=on&alder=45", _SEARCH),
        ("all offers", "/tilbud/?alle=on", _SEARCH),
        ("type-ahead", "/tilbud/forslag/?q=avl", _AHEAD),
        ("an offer", f"/tilbud/{slug}/", None),
        ("HSDS, 100 services", "/api/hsds/services?per_page=100", _LISTING),
        ("HSDS, the last 100 services", f"/api/hsds/services?per_page=100&page={last}", _LISTING),
        ("HSDS, 100 services with a word", "/api/hsds/services?per_page=100&search=avlastning", _LISTING),
    ):
        _measure(bench, f"page: {what}", lambda path=path: _ok(client, path), size=_size(number), aim=aim)


def _measure(bench: Bench, what: str, call: Callable[[], object], *, size: str, aim: str | None) -> None:
    bench.measure(f"catalogue, {what}", call, size=size, aim=aim, count_sql=True, n=60)


def _ok(client: Client, path: str) -> None:
    # As HTMX asks: of these addresses only the type-ahead's answers it otherwise.
    answer = client.get(path, headers={"hx-request": "true"} if "forslag" in path else {})
    assert answer.status_code == 200, (path, answer.status_code)


def _weights(bench: Bench, slug: str) -> None:
    """How much a browser that has nothing yet fetches for a page: the page, all its styles and scripts, compressed."""
    client = Client()
    for what, path in (
        ("front page", "/"),
        ("results", "/tilbud/?q=jeg+f%C3%A5r+ikke+sove"),
        ("an offer", f"/tilbud/{slug}/"),
    ):
        html = client.get(path).content.decode()
        parts = [found[1] or found[2] for found in _FETCHED.finditer(html)]
        if _IMPROVED.search(html):
            parts += _DESIGN_SYSTEM.findall(html)
        assert len(parts) > 1, path
        fetched = sum(_fetched(client, part) for part in dict.fromkeys(parts))
        bench.add(
            f"catalogue, weight: {what}, gzipped, with {len(parts)} styles and scripts",
            [(len(gzip.compress(html.encode(), 6)) + fetched) / 1000],
            unit="kB",
            size="without images and font",
            aim="≤ 120 kB",
        )


def _fetched(client: Client, address: str) -> int:
    """How many bytes of a static file come over the wire. Styles may not bring further ones, which would be missed."""
    answer = client.get(address, headers={"accept-encoding": "gzip"})
    sent = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert answer.status_code == 200, address
    plain = gzip.decompress(sent) if answer.headers.get("Content-Encoding") == "gzip" else sent
    assert b"@import" not in plain, address
    return len(sent)


def _growth(bench: Bench) -> None:
    """How many times as long each takes with ten times as many."""
    few = {figure.name: figure.median for figure in bench.figures if figure.data == _size(FEW)}
    for figure in [figure for figure in bench.figures if figure.data == _size(MANY)]:
        bench.add(
            f"{figure.name}: growth",
            [figure.median / few[figure.name]],
            unit="times",
            size=f"{FEW:,} to {MANY:,} entries",
        )


@contextmanager
def _catalogue_of(number: int) -> Iterator[str]:
    """So many entries with their sessions, and the address of one of them; all thrown away afterwards."""
    with every_offer():
        indexes = _without_indexes()
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
            unit = build_house(HERE).carers
        given = {"unit": unit, "number": number, "each": _SESSIONS_EACH}
        for statement in (_ENTRIES, _OFFERS, _SESSIONS):
            with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID), connection.cursor() as cursor:
                cursor.execute(statement, given)
            # Else every reference to a row of it is looked for as in a table that is still empty: one by one.
            _as_owner("ANALYZE catalogue_entry")
        for made in indexes:
            _as_owner(made)
        _as_owner(_WORDS.replace("%%", "%"))
        _as_owner(_ANALYZE)
        _ensure_filled(number)
        yield "bench-7"


def _ensure_filled(number: int) -> None:
    with connection.cursor() as cursor:
        for table, least in (("publishedoffer", number), ("session", number * _SESSIONS_EACH)):
            cursor.execute(f"SELECT count(*) FROM catalogue_{table}")  # noqa: S608 - constants
            assert cursor.fetchone()[0] >= least, table


def _without_indexes() -> list[str]:
    """Take away what makes adding rows slow, and return the statements that put it back."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(_INDEXES)
        found = cursor.fetchall()
        cursor.execute(_TRIGGERS.format("DISABLE"))
        for name, _definition in found:
            cursor.execute(f'DROP INDEX "{name}"')
    connections["owner"].close()
    return [*(definition for _name, definition in found), _TRIGGERS.format("ENABLE")]


def _as_owner(statement: str) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement)
    connections["owner"].close()
