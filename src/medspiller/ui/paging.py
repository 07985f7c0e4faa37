"""Long lists, some at a time."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.safestring import SafeString

PARAMETER = "side"
PER_PAGE = 50


@dataclass(slots=True)
class Link:
    """A link to a page of the list; without `href` a gap between numbers, or a way that leads nowhere."""

    number: int | None
    href: str = ""
    is_current: bool = False
    live: SafeString = field(default_factory=SafeString)


@dataclass(frozen=True, slots=True)
class Links:
    """What pagination shows."""

    previous: Link | None
    numbers: tuple[Link, ...]
    next: Link | None

    @property
    def all(self) -> tuple[Link, ...]:
        """Every link, for what is done to each."""
        return tuple(each for each in (self.previous, *self.numbers, self.next) if each)


def page_of(items: QuerySet[Any] | Sequence[Any], request: HttpRequest, *, per_page: int = PER_PAGE) -> Page[Any]:
    """Return the page of `items` that `?side=` asks for; the nearest one if there is no such page. Runs one count."""
    return Paginator(items, per_page).get_page(request.GET.get(PARAMETER))


def page_number(request: HttpRequest) -> int:
    """Return the page that `?side=` asks for; the first if it asks for none."""
    asked = request.GET.get(PARAMETER, "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1


def page_from(shown: Sequence[Any], *, number: int, count: int, per_page: int = PER_PAGE) -> Page[Any]:
    """Return a page that was read already, as one of a list of `count`."""
    return Page(shown, number, Paginator(range(count), per_page))


def links(page: Page[Any], *, query: QueryDict | None, parameter: str = PARAMETER) -> Links:
    """Return links to the first, last and near pages of a list, keeping the rest of the query."""

    def link(number: int) -> Link:
        kept = query.copy() if query else QueryDict(mutable=True)
        kept[parameter] = str(number)
        return Link(number=number, href=f"?{kept.urlencode()}", is_current=number == page.number)

    around = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return Links(
        previous=link(page.previous_page_number()) if page.has_previous() else None,
        numbers=tuple(link(each) if isinstance(each, int) else Link(number=None) for each in around),
        next=link(page.next_page_number()) if page.has_next() else None,
    )
