"""The open pages: life situations, all rights, and the asking. Nobody is recognised, and nothing is kept."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from medspiller.access.declare import public
from medspiller.core import clock
from medspiller.rights import selectors
from medspiller.rights.domain.dialogue import Dialogue, NoDialogue
from medspiller.rights.domain.rights import DecidedBy
from medspiller.rights.domain.situations import Situation
from medspiller.rights.web import answers, asking, state
from medspiller.rights.web.area import PUBLIC, acting, language, unkept
from medspiller.rights.web.forms import SearchForm
from medspiller.rights.web.presenting import Reader, matching

_LAW = "anybody may read what the law gives"
_ASK = "anybody may ask what they may be entitled to, without saying who they are"


@public(_LAW)
def start(request: HttpRequest) -> HttpResponse:
    """Show the situations of life as cards."""
    rulebook, _pin = selectors.rulebook(actor=acting(request))
    reader = Reader(rulebook, language(), clock.today())
    situations = [(each.id, reader.say(each.title), reader.say(each.text)) for each in rulebook.situations]
    checked = min((right.checked for right in rulebook.rights.values()), default=None)
    return render(request, "rights/start.html", {"situations": situations, "checked": checked})


@public(_LAW)
def every_right(request: HttpRequest) -> HttpResponse:
    """Show all rights, narrowed by words, by situation and by who decides."""
    rulebook, _pin = selectors.rulebook(actor=acting(request))
    reader = Reader(rulebook, language(), clock.today())
    form = SearchForm(request.GET, rulebook=rulebook, reader=reader)
    asked = form.cleaned_data if form.is_valid() else {}
    rights = list(rulebook.rights.values())
    situation = rulebook.situation(asked.get("situasjon", ""))
    if situation:
        rights = [rulebook.rights[each] for each in situation.rights if each in rulebook.rights]
    if asked.get("avgjor"):
        rights = [right for right in rights if right.decided_by is DecidedBy(asked["avgjor"])]
    steps = matching([reader.plain(right) for right in rights], asked.get("q", ""))
    shown = {"form": form, "steps": steps, "is_narrowed": any(asked.values())}
    return render(request, "rights/every_right.html", shown, status=200 if form.is_valid() else 422)


@public(_LAW)
def right(request: HttpRequest, right_name: str) -> HttpResponse:
    """Show one right: what it is, what it asks for, and how one gets it."""
    return _right(request, right_name, "rights/right.html")


@public(_LAW)
def right_print(request: HttpRequest, right_name: str) -> HttpResponse:
    """Show the same as a sheet."""
    return _right(request, right_name, "rights/right_print.html")


def _right(request: HttpRequest, slug: str, template: str) -> HttpResponse:
    rulebook, _pin = selectors.rulebook(actor=acting(request))
    reader = Reader(rulebook, language(), clock.today())
    wanted = rulebook.right_at(slug)
    if wanted is None:
        raise Http404
    used = [
        (each.id, reader.say(each.title)) for each in rulebook.situations if wanted.id in each.rights
    ]  # fmt: skip
    shown = answers.about_right(reader, wanted) | {
        "demands": reader.demands(wanted),
        "figures": reader.figures_behind(wanted),
        "amount_labels": [reader.say(label) for label in wanted.amounts.values()],
        "situations": used,
    }
    return render(request, template, shown)


@public(_ASK)
@unkept
def situation(request: HttpRequest, situation_name: str) -> HttpResponse:
    """Begin from a situation of life: its first question, and which rights it is about."""
    rulebook, _pin = selectors.rulebook(actor=acting(request))
    wanted = rulebook.situation(situation_name)
    if wanted is None:
        raise Http404
    reader = Reader(rulebook, language(), clock.today())
    about = [reader.plain(rulebook.rights[each]) for each in wanted.rights if each in rulebook.rights]
    more = {"about": about, "lead": reader.say(wanted.text), "is_first": True}
    return asking.ask(request, PUBLIC, rulebook, beginning(wanted), more=more)


@public(_ASK, methods=("GET", "POST"))
@unkept
def ask(request: HttpRequest) -> HttpResponse:
    """Take an answer, and ask the next question. Fetched, it begins without a situation."""
    rulebook, pin = selectors.rulebook(actor=acting(request))
    if request.method == "POST":
        return asking.go_on(request, PUBLIC, rulebook, pin)
    return asking.ask(request, PUBLIC, rulebook, Dialogue(clock.today()), more={"is_first": True})


@public(_ASK, methods=("GET", "POST"))
@unkept
def show_answers(request: HttpRequest) -> HttpResponse:
    """Show what is found so far."""
    rulebook, _pin = selectors.rulebook(actor=acting(request))
    return answers.answered(request, PUBLIC, rulebook)


@public(_ASK, methods=("GET", "POST"))
@unkept
def answered_right(request: HttpRequest, right_name: str) -> HttpResponse:
    """Show one right with what was answered."""
    rulebook, _pin = selectors.rulebook(actor=acting(request))
    return answers.right_page(request, PUBLIC, rulebook, right_name)


@public(_ASK, methods=("GET", "POST"))
@unkept
def print_answers(request: HttpRequest) -> HttpResponse:
    """Show the answers as a sheet."""
    rulebook, _pin = selectors.rulebook(actor=acting(request))
    try:
        dialogue = state.sent(request, PUBLIC, rulebook.facts)
    except NoDialogue:
        return redirect(PUBLIC.start_url)
    return answers.on_paper(request, PUBLIC, rulebook, dialogue)


def beginning(situation: Situation) -> Dialogue:
    """Return a dialogue that knows what choosing a situation tells."""
    return Dialogue(clock.today(), situation=situation.id, answers=dict(situation.presets))
