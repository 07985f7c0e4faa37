"""The search for persons: names in the address, numbers never."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from medspiller.access.declare import requires
from medspiller.people import selectors
from medspiller.people.domain import searching as rules
from medspiller.people.domain.persons import ProtectedAddress
from medspiller.people.selectors import SeenPerson
from medspiller.people.web.acting import acting
from medspiller.people.web.family_wording import GRADES
from medspiller.people.web.wording import BASES
from medspiller.ui.forms import Form

_PAGES_MOST = 200


class SearchForm(Form):
    """The box. One for a name and for numbers: nobody has to choose first."""

    q = forms.CharField(
        label=gettext_lazy("Find a person"),
        help_text=gettext_lazy("Name, date of birth, national identity number or phone number."),
        required=False,
        max_length=rules.QUERY_MOST,
    )


@dataclass(frozen=True, slots=True)
class FoundLine:
    """One person that was found, in words."""

    seen: SeenPerson
    grade: str
    why: str


@requires("people.view_person", methods=("GET", "POST"))
def search(request: HttpRequest) -> HttpResponse:
    """
    Show whom somebody looks for.

    The box sends what was typed by POST. A name is then put into the address, so that the page
    can be come back to; what may be a number is answered at once, and stands in no address.
    """
    if request.method == "POST":
        typed = request.POST.get("q", "")
        if rules.has_number(typed):
            return _results(request, typed, 1, sent=True)
        address = reverse("people:search")
        return redirect(f"{address}?{urlencode({'q': typed[: rules.QUERY_MOST]})}" if typed.strip() else address)
    typed = request.GET.get("q", "")
    if rules.has_number(typed):
        # Somebody made the address by hand: it is not searched by, and does not stay.
        return redirect("people:search")
    asked = request.GET.get("side", "1")
    page = min(int(asked), _PAGES_MOST) if asked.isascii() and asked.isdecimal() and len(asked) < 5 else 1
    return _results(request, typed, page)


def _results(request: HttpRequest, typed: str, page: int, *, sent: bool = False) -> HttpResponse:
    found = selectors.search_persons(actor=acting(request), query=typed, page=page)
    shown = {
        "search_form": SearchForm(initial={"q": typed}),
        "asked": bool(typed.strip()),
        "found": found,
        "lines": [_line(each) for each in found.persons],
        "columns": [_("Name"), _("Date of birth"), _("Protected address"), _("Why")],
        # What was sent by POST has no further pages: a number has one owner, a day not many.
        "next_href": "" if sent or not found.more else f"?{urlencode({'q': typed, 'side': found.page + 1})}",
        "previous_href": f"?{urlencode({'q': typed, 'side': found.page - 1})}" if found.page > 1 else "",
        "more": found.more,
    }
    response = render(request, "people/search.html", shown)
    response["Cache-Control"] = "no-store"
    return response


def _line(seen: SeenPerson) -> FoundLine:
    ground = seen.answer.involvement
    protected = seen.protected_address is not ProtectedAddress.NONE
    return FoundLine(
        seen=seen,
        grade=str(GRADES[seen.protected_address]) if protected else "",
        why=str(BASES[ground.basis]) if ground else _("Emergency access"),
    )
