"""A good page passes every rule, and each fault planted in it is caught by the rule it breaks."""

from collections.abc import Mapping

import pytest

from tests.support.page_rules import Page, problems_in
from tests.support.page_rules.language import english_only

GOOD = """<!doctype html>
<html lang="nb">
<head>
  <meta charset="utf-8">
  <title>Avtaler – Medspiller</title>
  <link rel="stylesheet" href="/static/ui.css">
  <script src="/static/htmx.js" defer></script>
  <script nonce="abc">let started;</script>
</head>
<body>
  <a href="#content">Gå til innholdet</a>
  <main id="content">
    <h1>Avtaler</h1>
    <h2>Denne uka</h2>
    <ul id="list"><li><a href="/avtale/1/"><svg aria-hidden="true"><path d="M1 1"/></svg> Lørdag</a></li></ul>
    <img src="/static/logo.png" alt="">
    <table><caption>Timer</caption><tr><th scope="col">Dag</th></tr><tr><td>3</td></tr></table>
    <form method="post" action="/avtale/">
      <input type="hidden" name="csrfmiddlewaretoken" value="x">
      <label for="name">Navn</label> <input id="name" name="name" aria-describedby="hint">
      <p id="hint">Slik du vil bli kalt.</p>
      <label>Merknad <textarea name="note"></textarea></label>
      <select name="day" aria-label="Dag"><option>Lørdag</option></select>
      <fieldset><legend>Passer det?</legend>
        <label><input type="radio" name="fits" value="1"> Ja</label>
        <label><input type="radio" name="fits" value="0"> Nei</label>
      </fieldset>
      <button hx-get="/avtale/" hx-target="#list">Send</button>
    </form>
  </main>
</body>
</html>"""
HEADERS = {
    "Content-Language": "nb",
    "Content-Security-Policy": "default-src 'none'; script-src 'self' 'nonce-abc'; style-src 'self' 'nonce-abc'",
}


def rules_broken(html: str, headers: Mapping[str, str] = HEADERS, *, part_wanted: bool = False) -> set[str]:
    return {problem.rule for problem in problems_in(Page(html, headers=headers, part_wanted=part_wanted))}


def test_a_good_page_breaks_no_rule():
    assert [str(problem) for problem in problems_in(Page(GOOD, headers=HEADERS))] == []


# Rule → (what in the good page, what it becomes).
PLANTED = {
    "valid HTML": [
        ("<!doctype html>", ""),
        ("</h1>", ""),
        ("<h2>Denne uka</h2>", "<p><div>Denne uka</div></p>"),
        ("<h2>Denne uka</h2>", '<h2 id="a" id="b">Denne uka</h2>'),
        ("<li><a", "<div><a"),
        ("<ul id", "<li>Løs</li><ul id"),
        ("<button hx-get", "<button><div>Send</div></button><button hx-get"),
        ("Lørdag</a>", "<button>Lørdag</button></a>"),
        ("<h2>Denne uka</h2>", "<center>Denne uka</center>"),
    ],
    "one h1": [("<h2>Denne uka</h2>", "<h1>Denne uka</h1>"), ("<h1>Avtaler</h1>", "<p>Avtaler</p>")],
    "h1 = title": [
        ("<title>Avtaler – Medspiller</title>", "<title>Medspiller</title>"),
        ("<title>Avtaler – Medspiller</title>", "<title></title>"),
        ("<h1>Avtaler</h1>", "<h1>Dine avtaler</h1>"),
    ],
    "one main": [("<h2>Denne uka</h2>", "<main>Denne uka</main>")],
    "headings": [("<h2>Denne uka</h2>", "<h3>Denne uka</h3>"), ("<h2>Denne uka</h2>", "<h2></h2>")],
    "unique ids": [('id="list"', 'id="hint"'), ('id="list"', 'id="a b"'), ('id="list"', 'id=""')],
    "unique access keys": [("<ul id", '<a href="/a" accesskey="s">A</a><a href="/b" accesskey="s">B</a><ul id')],
    "targets exist": [
        ('href="#content"', 'href="#nowhere"'),
        ('href="#content"', 'href="#"'),
        ('for="name"', 'aria-label="Navn" for="nowhere"'),
        ('aria-describedby="hint"', 'aria-describedby="hint nowhere"'),
        ('hx-target="#list"', 'hx-target="#nowhere"'),
        ('aria-label="Dag"', 'aria-label="Dag" aria-labelledby="nowhere"'),
    ],
    "tables": [("<caption>Timer</caption>", ""), ('<th scope="col">Dag</th>', "<td>Dag</td>")],
    "pictures": [(' alt=""', ""), (' aria-hidden="true"', "")],
    "labels": [
        ('<label for="name">Navn</label>', "Navn"),
        ('<label for="name">Navn</label>', '<label for="name"></label>'),
        ("<label>Merknad <textarea", '<label>Merknad</label> <label><textarea placeholder="Merknad"'),
        (' aria-label="Dag"', ""),
    ],
    "groups": [("<legend>Passer det?</legend>", ""), ("<fieldset><legend>Passer det?</legend>", "<fieldset>")],
    "names": [
        (">Send</button>", '><svg aria-hidden="true"></svg></button>'),
        ("Gå til innholdet", ""),
        ("<button hx-get", '<input type="button"><button hx-get'),
        ('<a href="/avtale/1/">', '<a href="/avtale/2/"><span hidden>Skjult</span></a><a href="/avtale/1/">'),
    ],
    "forms": [('<input type="hidden" name="csrfmiddlewaretoken" value="x">', "")],
    "CSP nonce": [
        (' nonce="abc"', ""),
        (' nonce="abc"', ' nonce="old"'),
        ("<script src", '<script nonce="" src'),
        ("<h2>Denne uka</h2>", "<style>h1 { color: red }</style>"),
    ],
    "nothing inline": [
        ("<h2>", '<h2 style="color: red">'),
        ("<button hx-get", '<button onclick="go()" hx-get'),
        ("<button hx-get", '<button hx-on:click="go()" hx-get'),
        ('href="/avtale/1/"', 'href="javascript:go()"'),
    ],
    "same origin": [
        ("/static/htmx.js", "https://cdn.example/htmx.js"),
        ("/static/ui.css", "//cdn.example/ui.css"),
        ("/static/logo.png", "http://testserver.example/logo.png"),
        ('action="/avtale/"', 'action="https://elsewhere.example/"'),
    ],
    "language": [('lang="nb"', 'lang="en"'), (' lang="nb"', "")],
    "machinery shows": [
        ("Denne uka", "{{ week }}"),
        ("Denne uka", "{% week %}"),
        ("Denne uka", "None"),
        ("Denne uka", "Hei %(name)s"),
        ("Denne uka", "&lt;QuerySet []&gt;"),
        ("Denne uka", "Mat &amp;amp; drikke"),
        ('name="name"', 'name="name" value="None"'),
        ('aria-label="Dag"', 'aria-label="None"'),
    ],
}


@pytest.mark.parametrize(
    ("rule", "was", "becomes"), [(rule, *change) for rule, changes in PLANTED.items() for change in changes]
)
def test_a_planted_fault_is_caught_by_its_rule(rule, was, becomes):
    assert was in GOOD

    assert rule in rules_broken(GOOD.replace(was, becomes, 1))


@pytest.mark.parametrize(
    "policy",
    ["", "script-src 'self' 'nonce-abc' 'unsafe-inline'", "script-src 'nonce-abc' 'unsafe-eval'", "default-src *"],
)
def test_a_policy_that_is_missing_or_has_a_back_door_is_caught(policy):
    assert "CSP" in rules_broken(GOOD, HEADERS | {"Content-Security-Policy": policy})


def test_an_answer_that_does_not_say_its_language_is_caught():
    assert "language" in rules_broken(GOOD, {"Content-Security-Policy": HEADERS["Content-Security-Policy"]})


def test_an_english_text_of_ours_on_a_norwegian_page_is_caught(monkeypatch):
    monkeypatch.setattr("tests.support.page_rules.language._untranslated", lambda language: {"This week"})

    assert "translated" in rules_broken(GOOD.replace("Denne uka", "This week"))
    assert "translated" in rules_broken(GOOD.replace('aria-label="Dag"', 'aria-label="This week"'))
    assert rules_broken(GOOD.replace("Denne uka", '<span lang="en">This week</span>')) == set()


def test_words_that_are_right_in_both_languages_are_no_english():
    assert english_only({"Plan": "Plan", "Help": "Hjelp", "Start": "Begynn", "Begin": "Start"}) == {"Help", "Begin"}


class TestParts:
    """What HTMX asks for is a part of a page: held to all but what only a whole page has."""

    def test_a_good_part_breaks_no_rule(self):
        assert rules_broken('<ul id="list"><li><a href="#elsewhere">Lørdag</a></li></ul>', part_wanted=True) == set()

    @pytest.mark.parametrize("part", ["<tr><td>3</td></tr>", "  <td>3</td>", "<li>Lørdag</li>", "<option>1</option>"])
    def test_a_part_may_be_what_cannot_stand_alone(self, part):
        assert rules_broken(part, part_wanted=True) == set()

    @pytest.mark.parametrize(
        ("part", "rule"),
        [
            ("<p><div>x</div></p>", "valid HTML"),
            ('<p id="a">x</p><p id="a">y</p>', "unique ids"),
            ('<input name="x">', "labels"),
            ('<label for="elsewhere">Navn</label>', "targets exist"),
            ("<script>go()</script>", "CSP nonce"),
            ('<p style="color: red">x</p>', "nothing inline"),
            ("<p>{{ x }}</p>", "machinery shows"),
        ],
    )
    def test_a_fault_in_a_part_is_caught(self, part, rule):
        assert rule in rules_broken(part, part_wanted=True)

    def test_a_part_that_nobody_wanted_is_caught(self):
        assert "whole page" in rules_broken("<p>Lørdag</p>")


def test_a_form_may_go_without_a_token_where_none_is_asked_for():
    html = GOOD.replace('<input type="hidden" name="csrfmiddlewaretoken" value="x">', "")

    assert list(problems_in(Page(html, headers=HEADERS, needs_token=lambda address: address != "/avtale/"))) == []


def test_what_somebody_typed_may_look_like_machinery():
    typed = '<label for="t">Tekst</label><textarea id="t" name="t">{"a": {}}</textarea>'

    assert rules_broken(typed, part_wanted=True) == set()


def test_a_problem_says_which_piece_of_the_page():
    (problem,) = problems_in(Page(GOOD.replace(' alt=""', ""), headers=HEADERS))

    assert str(problem) == 'pictures: <img src="/static/logo.png"> has no alt'
