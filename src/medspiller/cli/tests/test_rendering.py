"""`medspiller questionnaire render`: one page of any questionnaire, and an outcome where there is none to show."""

import io
import json
import subprocess
import sys

import pytest

from medspiller.cli import rendering
from medspiller.cli.main import DONE, NEGATIVE, WRONG_USE, main
from medspiller.questionnaires.domain.answering.evaluating import Engine
from medspiller.questionnaires.domain.definition import reading
from medspiller.questionnaires.domain.filling.finishing import finish
from medspiller.questionnaires.domain.filling.presenting import MOST_ITEMS, present
from medspiller.questionnaires.domain.filling.submitting import submitted
from medspiller.questionnaires.tests.cases import STANDARDS, answered, code, core, item, needs, questionnaire, response
from medspiller.questionnaires.tests.forms import NOW, as_sent, nothing
from medspiller.questionnaires.tests.test_taming_rules import HOSTILE
from tests.support.page_rules import Page, problems_in

FORM = questionnaire(
    item("name", "string", required=True, text="Navn"),
    item("child", "group", repeats=True, text="Barn", item=[item("age", "integer", text="Alder")]),
    title="Om deg",
    language="nb",
)


def page(form, written=None, language="nb"):
    return rendering.page(Engine(reading.read(form), now=NOW), written, language=language)


def told_of(html, language="nb"):
    """What our rules for pages say; those about the answer around it do not concern a document."""
    headers = {"Content-Security-Policy": "default-src 'self'", "Content-Language": language}
    found = problems_in(Page(html=html, headers=headers))
    # A questionnaire may well be in English, or have an answer that is called "None".
    return [str(problem) for problem in found if problem.rule not in ("translated", "machinery shows")]


def questionnaires_in(folder):
    for path in sorted((STANDARDS / folder).rglob("*.json")):
        found = json.loads(path.read_text(encoding="utf-8"))
        resources = [entry.get("resource") for entry in found.get("entry", [])] if isinstance(found, dict) else []
        for one in [found, *resources]:
            if isinstance(one, dict) and one.get("resourceType") == "Questionnaire":
                yield path.stem, one


def filled_in(form, language):
    """Answer everything with what fits somewhere, as somebody would who presses on."""
    made = Engine(reading.read(form), now=NOW)
    shown = present(made, nothing(), language=language)
    said = {
        name: values if values[:1] != [""] or len(values) > 1 else ["", "12", "true"]
        for name, values in as_sent(shown).items()
    }
    for step in shown.steps:
        for question in step.questions:
            if question.options and question.name in said:
                said[question.name] = ["", question.options[0].value]
    return made, submitted(made, said, before=nothing())


@needs("sdc-behaviour", "62 questionnaires")
@pytest.mark.slow
@pytest.mark.parametrize("folder", ["sdc-behaviour", "helsenorge-questionnaire"])
def test_every_shared_questionnaire_is_shown_and_shown_again_with_answers(folder):
    counted = 0
    for name, form in questionnaires_in(folder):
        assert told_of(page(form)) == [], name
        made, sent = filled_in(form, "nb")
        finished = finish(made, sent.response, at=NOW)
        again = present(made, finished.response, language="nb", issues=finished.issues)
        assert told_of(rendering.document(again)) == [], name
        counted += 1
    assert counted > 40


class TestPages:
    def test_a_page_is_whole_and_says_its_language(self):
        html = page(FORM)

        assert told_of(html) == []
        assert '<html lang="nb"' in html
        assert "<title>Om deg – " in html

    def test_what_is_not_translated_is_marked_on_an_english_page(self):
        html = page(FORM, language="en")

        assert '<html lang="en"' in html
        assert '<span lang="nb">Navn</span>' in html

    def test_our_own_words_around_a_sami_text_say_that_they_are_bokmal(self):
        sami = core("translation", extension=[{"url": "lang", "valueCode": "se"},
                                              {"url": "content", "valueString": "Namma"}])  # fmt: skip
        html = page(
            questionnaire(item("q", "string", text="Navn", _text={"extension": [sami]}), language="nb"), None, "se"
        )

        assert '<html lang="nb"' in html
        assert '<span lang="se">Namma</span>' in html

    def test_a_completed_response_says_what_is_missing(self):
        html = page(FORM, response())

        assert 'href="#q-name"' in html

    @pytest.mark.parametrize("hostile", HOSTILE)
    def test_labels_bring_no_script_into_the_page(self, hostile):
        xhtml, markdown = (
            core("rendering-xhtml", valueString=hostile),
            core("rendering-markdown", valueMarkdown=hostile),
        )
        option = {"valueCoding": {"code": hostile, "display": hostile}}
        form = questionnaire(
            item("a", "string", text=hostile, prefix=hostile, _text={"extension": [xhtml]}),
            item("b", "display", text=hostile, _text={"extension": [markdown]}),
            item("c", "choice", text=hostile, answerOption=[option], repeats=True),
            item(
                hostile,
                "group",
                text=hostile,
                repeats=True,
                item=[item("d", "date", core("entryFormat", valueString=hostile))],
            ),
            item("e", "quantity", core("questionnaire-unit", valueCoding={"code": hostile, "display": hostile})),
            title=hostile,
            language=hostile,
        )
        written = response(answered("a", {"valueString": hostile}), answered("c", code(hostile)))

        html = page(form, written)

        assert [each for each in told_of(html) if "inline" in each or "CSP" in each or "origin" in each] == []
        assert "<script" not in html
        assert "onerror=alert(1)>" not in html.replace("&gt;", "")


def test_a_text_of_many_lines_becomes_as_many_paragraphs_and_no_more():
    html = page(questionnaire(item("q", "display", text="a\n\n" * 50_000)))

    assert html.count("<p>a</p>") == 50_000
    assert len(html) < 1_000_000


@pytest.fixture
def written(tmp_path):
    def write(name, value):
        path = tmp_path / name
        path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
        return str(path)

    return write


class TestCommand:
    def test_writes_the_page(self, written, capsysbinary):
        assert main(["questionnaire", "render", written("q.json", FORM), "--lang", "nn"]) == DONE
        assert capsysbinary.readouterr().out.startswith(b'<!doctype html>\n<html lang="nn"')

    def test_takes_answers(self, written, capsysbinary):
        filled = written("r.json", response(answered("name", {"valueString": "Kari Demo"})))

        assert main(["questionnaire", "render", written("q.json", FORM), filled]) == DONE
        assert b'value="Kari Demo"' in capsysbinary.readouterr().out

    @pytest.mark.parametrize(
        ("said", "status"),
        [
            ("{", WRONG_USE),
            ('{"a": 1, "a": 2}', WRONG_USE),
            ({"resourceType": "Patient"}, NEGATIVE),
            ([], NEGATIVE),
            (questionnaire(item("q", "coding")), NEGATIVE),
            ("[" * 100_000, WRONG_USE),
        ],
    )
    def test_bad_input_gives_an_outcome(self, written, capsys, said, status):
        assert main(["questionnaire", "render", written("q.json", said)]) == status
        assert json.loads(capsys.readouterr().out)["resourceType"] == "OperationOutcome"

    def test_a_type_that_is_not_in_r4_is_named(self, written, capsys):
        main(["questionnaire", "render", written("q.json", questionnaire(item("q", "coding")))])

        (issue,) = json.loads(capsys.readouterr().out)["issue"]
        assert (issue["code"], issue["expression"]) == ("not-supported", ["Questionnaire.item[0].type"])

    def test_more_items_than_anybody_answers_are_refused_before_they_are_shown(self, written, capsys):
        form = questionnaire(*(item(f"q{number}", "string") for number in range(MOST_ITEMS + 1)))

        assert main(["questionnaire", "render", written("q.json", form)]) == NEGATIVE
        assert json.loads(capsys.readouterr().out)["issue"][0]["code"] == "too-costly"

    def test_calculations_that_need_each_other_are_refused_by_name(self, written, capsys):
        def needing(link_id, other):
            expression = {
                "language": "text/fhirpath",
                "expression": f"%resource.item.where(linkId='{other}').answer.value",
            }
            return item(link_id, "decimal", core("sdc-questionnaire-calculatedExpression", valueExpression=expression))

        form = questionnaire(needing("a", "b"), needing("b", "a"))

        assert main(["questionnaire", "render", written("q.json", form)]) == NEGATIVE
        assert "a, b" in capsys.readouterr().out.replace("b, a", "a, b")

    def test_two_questions_with_one_link_id_are_shown_all_the_same(self, written, capsysbinary):
        form = questionnaire(item("q", "string"), item("g", "group", item=[item("q", "boolean"), item("r", "string")]))

        assert main(["questionnaire", "render", written("q.json", form)]) == DONE
        assert told_of(capsysbinary.readouterr().out.decode()) == []

    def test_answers_a_line_for_a_line(self, monkeypatch, capsys):
        cases = [
            {"questionnaire": FORM, "lang": "en"},
            {"questionnaire": {}},
            {"lang": "nb"},
            {"questionnaire": FORM, "lang": "de"},
        ]
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(json.dumps(case) + "\n" for case in cases)))

        assert main(["questionnaire", "render", "--lines"]) == DONE
        told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert [next(iter(each)) for each in told] == ["html", "resourceType", "error", "error"]


def test_it_needs_neither_database_nor_apps(written):
    """The time it takes to start is that of what it imports."""
    unwanted = ("psycopg", "medspiller.config.settings", "django.db.backends.postgresql", "weasyprint")
    program = (
        "import sys; from medspiller.cli.main import main; status = main(['questionnaire', 'render', sys.argv[1]]);"
        f"print([name for name in {unwanted} if name in sys.modules], file=sys.stderr); sys.exit(status)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, written("q.json", FORM)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert (done.returncode, done.stderr.strip()) == (0, "[]")
    assert told_of(done.stdout) == []
