"""
`medspiller export …`: what is on offer, in the formats that others read.

From the database: what a municipality's readers are shown. With `--package`: what content packages on disk offer,
without any database.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from medspiller.catalogue.domain.content_offers import OFFERS, PROVIDERS, offer_in, provider_in
from medspiller.catalogue.domain.outside import calendar, hsds, json_ld
from medspiller.catalogue.domain.outside.values import LANGUAGES, Listed, Publisher, Site, name_id
from medspiller.cli.errors import CommandError
from medspiller.config.content_kinds import CONTENT_KINDS
from medspiller.content.domain import loading, problems
from medspiller.content.domain.loading import Library
from medspiller.core import clock

_STRETCH = 500
_SCHEME = "https://"


@dataclass(frozen=True, slots=True)
class Source:
    """What is exported: how many offers, and stretches of them with the site they are written for."""

    count: int
    stretches: Iterable[tuple[list[Listed], Site]]
    site: Site


def add_to(commands: Any) -> None:
    parser = commands.add_parser("export", help="write what is on offer in the formats that others read")
    formats = parser.add_subparsers(required=True, metavar="FORMAT")
    for name, write, told in (
        ("hsds", _hsds, "a page of services by HSDS 3.0 (JSON)"),
        ("cpsv", _cpsv, "a catalogue by CPSV-AP-NO (Turtle)"),
        ("json-ld", _json_ld, "structured data of schema.org (JSON-LD)"),
        ("ics", _ics, "a calendar of meetings (iCalendar)"),
    ):
        form = formats.add_parser(name, help=told)
        form.add_argument(
            "--municipality", metavar="NNNN", help="whose readers' offers; the default is the installation's"
        )
        form.add_argument("--own", action="store_true", help="only what the municipality publishes itself")
        form.add_argument(
            "--package", action="append", type=Path, metavar="PATH", help="a package of offers instead of the database"
        )
        form.add_argument("--base", metavar="ADDRESS", help="where the pages stand, such as https://kommune.example")
        form.add_argument("--lang", choices=LANGUAGES, default="nb", help="the language of texts (nb)")
        form.set_defaults(run=run, write=write)


def run(arguments: argparse.Namespace) -> None:
    """
    Write one format to standard output.

    :raises CommandError: if there is no such municipality or package, or a package does not hold together.
    """
    base = (arguments.base or "").rstrip("/")
    if base and not base.startswith(("http://", _SCHEME)):
        raise CommandError(f"--base: {base} does not begin with {_SCHEME}")
    if arguments.package and (arguments.municipality or arguments.own):
        raise CommandError("export: --package reads no database; leave out --municipality and --own")
    with _packages(arguments, base) if arguments.package else _database(arguments, base) as source:
        for part in arguments.write(source):
            sys.stdout.buffer.write(part)
    sys.stdout.flush()


# --- Formats ------------------------------------------------------------------------------


def _hsds(source: Source) -> Iterator[bytes]:
    """A page that holds all, written as it is read: it may be long."""
    envelope = hsds.page([], total=source.count, number=1, per_page=max(1, source.count))
    envelope |= {"size": source.count, "empty": not source.count}
    del envelope["contents"]
    yield json.dumps(envelope)[:-1].encode() + b', "contents": [\n'
    first, today = True, clock.today()
    for stretch, site in source.stretches:
        for listed in stretch:
            written = json.dumps(hsds.service(listed, site, on=today), ensure_ascii=False).encode()
            yield written if first else b",\n" + written
            first = False
    yield b"\n]}\n"


def _cpsv(source: Source) -> Iterator[bytes]:
    from medspiller.catalogue import worker  # noqa: PLC0415 - rdflib is heavy, and for this format only

    found, site = _whole(source)
    yield worker.turtle(found, site, on=clock.today()).encode()


def _json_ld(source: Source) -> Iterator[bytes]:
    found, site = _whole(source)
    # Without a language texts come in all that there are.
    every = Site(base=site.base, language="", owner=site.owner, number=site.number, areas=site.areas)
    yield json.dumps(json_ld.document(found, every), ensure_ascii=False, indent=1).encode() + b"\n"


def _ics(source: Source) -> Iterator[bytes]:
    found, site = _whole(source)
    yield calendar.all_calendars(found, site, name=calendar.called(site), now=clock.now())


def _whole(source: Source) -> tuple[list[Listed], Site]:
    found: list[Listed] = []
    areas: dict[str, str] = {}
    for stretch, site in source.stretches:
        found += stretch
        areas |= site.areas
    own = source.site
    return found, Site(base=own.base, language=own.language, owner=own.owner, number=own.number, areas=areas)


# --- Where it is read ---------------------------------------------------------------------


def _packages(arguments: argparse.Namespace, base: str) -> AbstractContextManager[Source]:
    libraries = [_library(path) for path in arguments.package]
    publishers = {}
    for definition in (one for library in libraries for one in library.of_kind(PROVIDERS)):
        provider = provider_in(definition)
        publishers[provider.slug] = Publisher(name_id("provider", provider.slug), provider)
    found = []
    for definition in (one for library in libraries for one in library.of_kind(OFFERS)):
        offer = offer_in(definition)
        if offer.provider not in publishers:
            raise CommandError(f"{definition.file}: {offer.provider} is no provider of the packages that were named")
        publisher = publishers[offer.provider]
        found.append(Listed(name_id("offer", offer.slug), offer, publisher, version=definition.version))
    if not found:
        raise CommandError("the packages that were named offer nothing")
    found.sort(key=lambda listed: listed.offer.slug)
    site = Site(base=base or _SCHEME + "medspiller.no", language=arguments.lang)
    return nullcontext(Source(len(found), [(found, site)], site))


def _library(path: Path) -> Library:
    try:
        library = loading.load(path, CONTENT_KINDS)
    except loading.NoPackages as fault:
        raise CommandError(str(fault)) from None
    except OSError as fault:
        raise CommandError(f"{fault.filename or path}: {fault.strerror}") from None
    wrong = [*library.problems]
    for kind in (PROVIDERS, OFFERS):
        for definition in library.of_kind(kind):
            wrong += problems.errors(CONTENT_KINDS.kind(kind).check(definition))
    if wrong:
        raise CommandError(f"{wrong[0]} (`medspiller content check` tells everything)")
    return library


@contextmanager
def _database(arguments: argparse.Namespace, base: str) -> Iterator[Source]:
    import django  # noqa: PLC0415 - a package is exported without

    django.setup()
    from django.conf import settings  # noqa: PLC0415

    from medspiller.access.domain.actors import anonymous  # noqa: PLC0415
    from medspiller.catalogue.domain.outside.made_up import marked_name  # noqa: PLC0415
    from medspiller.catalogue.selectors import outside  # noqa: PLC0415
    from medspiller.core import tenancy  # noqa: PLC0415
    from medspiller.core.models import Installation  # noqa: PLC0415
    from medspiller.organisations import selectors as organisations  # noqa: PLC0415

    number = arguments.municipality or settings.DEFAULT_MUNICIPALITY
    tenant_id = organisations.tenant_for(actor=anonymous(None), host="", default_number=number)
    if tenant_id is None:
        raise CommandError(f"{number}: no such municipality is set up here")
    actor, today = anonymous(tenant_id), clock.today()
    with tenancy.tenant_transaction(tenant_id=tenant_id, actor_id=actor.id):
        tenant = organisations.tenant(actor=actor)
        # Commands are not told that it is a demo; its database is.
        is_demo = bool(settings.DEMO) or Installation.objects.filter(demo=True).exists()
        owner = marked_name(tenant.name) if is_demo else tenant.name
        scheme = _SCHEME if settings.HTTPS else "http://"
        base = base or scheme + (tenant.host or settings.PUBLIC_HOST)
        site = Site(base=base, language=arguments.lang, owner=owner, number=tenant.municipality_number or "")
        rows = outside.exported(actor=actor, on=today, own=arguments.own)

        def stretches() -> Iterator[tuple[list[Listed], Site]]:
            for stretch in outside.in_stretches(actor=actor, rows=rows, size=_STRETCH):
                found = outside.listed(actor=actor, rows=stretch, after=clock.now(), is_demo=is_demo)
                areas = outside.area_names(actor=actor, offers=found, on=today, more=[site.number])
                yield found, Site(site.base, site.language, site.owner, site.number, areas)

        yield Source(rows.count(), stretches(), site)
