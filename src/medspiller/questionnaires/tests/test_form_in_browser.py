"""What script adds to a form: what is asked follows, and nothing that one does is disturbed by it."""

from pathlib import Path
from urllib.parse import parse_qs, unquote_plus

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from playwright.sync_api import Page, Route, expect

from medspiller.questionnaires.domain.filling.presenting import present
from medspiller.questionnaires.domain.filling.submitting import submitted
from medspiller.questionnaires.tests.cases import code, core, item, questionnaire
from medspiller.questionnaires.tests.forms import answers, engine, nothing
from tests.support.browser import axe_violations, listen_for_complaints, sideways_scroll

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ROOT = Path(__file__).resolve().parents[4]
STATIC = {
    "htmx": ROOT / "node_modules/htmx.org/dist",
    "questionnaires": ROOT / "src/medspiller/questionnaires/static/questionnaires",
    "ui": ROOT / "src/medspiller/ui/static/ui",
}
ALONE = {**code("Ingen av dem"), "extension": [core("questionnaire-optionExclusive", valueBoolean=True)]}
FORM = questionnaire(
    item("tasks", "choice", repeats=True, text="Hva gjør du?",
         answerOption=[code("Lager mat"), code("Handler"), ALONE]),
    item("sleep", "boolean", text="Sover du godt?"),
    item("why", "text", text="Hva vekker deg?",
         enableWhen=[{"question": "sleep", "operator": "=", "answerBoolean": False}]),
    item("up", "string", text="Når står du opp?"),
    item("paper", "attachment", text="Vedlegg"),
    title="Om natten",
    language="nb",
)  # fmt: skip


class Served:
    """A form with its own small server inside the browser; `response` is what has been sent."""

    def __init__(self) -> None:
        self.response, self.unreadable = nothing(), {}
        self.engine = engine(FORM)
        self.is_slow, self.waiting = False, []

    def answer(self, route: Route) -> None:
        if self.is_slow and route.request.method == "POST":
            self.waiting.append(route)
            return
        self.answer_now(route)

    def answer_now(self, route: Route) -> None:
        if "/static/" in route.request.url:
            self.send_file(route, route.request.url.split("/static/")[1])
            return
        if route.request.method == "POST":
            posted = parse_qs(route.request.post_data or "", keep_blank_values=True)
            sent = submitted(self.engine, posted, before=self.response, unreadable=self.unreadable)
            self.response, self.unreadable = sent.response, dict(sent.unreadable)
        live = route.request.headers.get("hx-request") == "true"
        route.fulfill(body=self.step() if live else self.page(), content_type="text/html; charset=utf-8")

    def send_file(self, route: Route, name: str) -> None:
        folder, _, file = name.partition("/")
        found = STATIC.get(folder, ROOT) / file
        if folder in STATIC and found.is_file():
            route.fulfill(path=found)
        else:
            route.fulfill(body="", content_type="text/css")

    def step(self) -> str:
        form = present(self.engine, self.response, language="nb", unreadable=self.unreadable)
        with translation.override("nb"):
            return render_to_string("questionnaires/form/step.html", {"form": form, "step": form.step(1)})

    def page(self) -> str:
        return (
            '<!doctype html><html lang="nb"><head><title>Om natten</title>'
            '<meta name="viewport" content="width=device-width">'
            f"{render_to_string('ui/parts/_htmx_settings.html')}"
            '<link rel="stylesheet" href="/static/ui/medspiller.css">'
            '<link rel="stylesheet" href="/static/questionnaires/form.css">'
            '<script src="/static/htmx/htmx.min.js" defer></script>'
            '<script src="/static/questionnaires/form.js" defer></script></head>'
            f'<body><main><h1>Om natten</h1><form method="post">{self.step()}<button>Neste</button></form></main>'
            "</body></html>"
        )


@pytest.fixture
def served():
    return Served()


@pytest.fixture
def opened(browser, served):
    context = browser.new_context(locale="nb-NO", viewport={"width": 320, "height": 800})
    page = context.new_page()
    page.route("**/*", served.answer)
    page.goto("http://medspiller.example/skjema/")
    yield page
    context.close()


def test_what_is_asked_follows_and_is_said(opened: Page, served: Served):
    heard = listen_for_complaints(opened)

    opened.get_by_role("group", name="Sover du godt?").get_by_label("Nei").check()

    expect(opened.get_by_label("Hva vekker deg?")).to_be_visible()
    expect(opened.get_by_role("status")).to_have_text("Nytt nedenfor: Hva vekker deg?")
    expect(opened.get_by_label("Nei")).to_be_focused()
    assert heard == []
    assert answers(served.response, "sleep") == [False]


def test_what_one_types_meanwhile_stays_and_so_does_the_cursor(opened: Page):
    field = opened.get_by_label("Når står du opp?")
    field.fill("klokka sju")
    field.evaluate("each => each.setSelectionRange(3, 3)")
    with opened.expect_response(lambda answer: answer.request.method == "POST"):
        opened.evaluate("document.getElementById('q-sleep+1').click(); document.getElementById('q-up').focus()")
        opened.keyboard.type("XX")

    expect(opened.get_by_label("Hva vekker deg?")).to_be_visible()
    expect(field).to_have_value("kloXXkka sju")
    assert field.evaluate("each => each.selectionStart") == 5


def test_an_answer_that_stands_alone_takes_the_others_away(opened: Page):
    opened.get_by_label("Lager mat").check()
    opened.get_by_label("Ingen av dem").check()
    expect(opened.get_by_label("Lager mat")).not_to_be_checked()

    opened.get_by_label("Handler").check()
    expect(opened.get_by_label("Ingen av dem")).not_to_be_checked()


def test_what_one_ticks_while_the_network_is_slow_stays_ticked(opened: Page, served: Served):
    served.is_slow = True
    with opened.expect_request(lambda request: request.method == "POST"):
        opened.get_by_label("Lager mat").check()
    opened.evaluate("document.getElementById('q-tasks+1').click()")
    served.is_slow = False
    # The answer to the first comes now, and knows nothing of the second
    with opened.expect_response(lambda answer: "Handler" in unquote_plus(answer.request.post_data or "")):
        served.answer_now(served.waiting[0])

    expect(opened.get_by_label("Lager mat")).to_be_checked()
    expect(opened.get_by_label("Handler")).to_be_checked()
    assert len(answers(served.response, "tasks")) == 2


def test_a_box_that_one_has_made_larger_stays_so(opened: Page):
    opened.get_by_role("group", name="Sover du godt?").get_by_label("Nei").check()
    box = opened.get_by_label("Hva vekker deg?")
    box.evaluate("each => { each.style.height = '300px' }")
    heard, replaced = listen_for_complaints(opened), box.element_handle()
    with opened.expect_response(lambda answer: answer.request.method == "POST"):
        opened.get_by_label("Handler").check()
    replaced.wait_for_element_state("hidden")

    # HTMX puts attributes back a moment after it has replaced the page
    opened.wait_for_function("() => !document.querySelector('.htmx-settling, .htmx-swapping')")
    expect(box).to_have_css("height", "300px")
    assert heard == []


def test_a_chosen_file_stays_chosen(opened: Page, tmp_path):
    paper = tmp_path / "brev.pdf"
    paper.write_bytes(b"%PDF-1.4")
    opened.get_by_label("Vedlegg").set_input_files(paper)
    opened.get_by_role("group", name="Sover du godt?").get_by_label("Nei").check()

    expect(opened.get_by_label("Hva vekker deg?")).to_be_visible()
    assert opened.get_by_label("Vedlegg").evaluate("each => each.files.length") == 1


def test_large_text_fits_a_phone_and_stays(opened: Page):
    opened.get_by_label("Stor tekst").check()
    opened.get_by_role("group", name="Sover du godt?").get_by_label("Nei").check()

    expect(opened.get_by_label("Hva vekker deg?")).to_be_visible()
    expect(opened.get_by_label("Stor tekst")).to_be_checked()
    assert sideways_scroll(opened) == 0
    assert axe_violations(opened) == []
