"""`medspiller questionnaire`: answers, refusals and bad input, one case or many."""

import json

import pytest

from medspiller.cli.main import DONE, NEGATIVE, WRONG_USE, main

FORM = {
    "resourceType": "Questionnaire",
    "status": "active",
    "item": [
        {"linkId": "a", "type": "boolean", "text": "Har du barn hjemme?", "required": True},
        {
            "linkId": "b",
            "type": "integer",
            "text": "Hvor mange?",
            "enableWhen": [{"question": "a", "operator": "=", "answerBoolean": True}],
        },
    ],
}
FILLED = {"resourceType": "QuestionnaireResponse", "status": "completed", "item": []}


@pytest.fixture
def written(tmp_path):
    def write(name, value):
        path = tmp_path / name
        path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
        return str(path)

    return write


def test_a_good_questionnaire_is_done(written, capsys):
    assert main(["questionnaire", "check", written("q.json", FORM)]) == DONE
    assert json.loads(capsys.readouterr().out)["resourceType"] == "OperationOutcome"


def test_a_faulty_response_is_a_negative_answer_that_names_the_item(written, capsys):
    done = main(["questionnaire", "validate", written("q.json", FORM), written("r.json", FILLED)])

    issue = json.loads(capsys.readouterr().out)["issue"][0]
    assert done == NEGATIVE
    assert issue["expression"] == ["QuestionnaireResponse", "QuestionnaireResponse.item.where(linkId='a')"]


def test_says_what_is_asked(written, capsys):
    main(["questionnaire", "enabled", written("q.json", FORM), written("r.json", FILLED)])

    assert json.loads(capsys.readouterr().out) == {"a": True, "b": False}


@pytest.mark.parametrize("text", ["{", "[" * 1_000_000, '{"a": 1, "a": 2}'])
def test_what_cannot_be_read_is_told_as_an_outcome_and_in_one_line(written, capsys, text):
    done = main(["questionnaire", "check", written("q.json", text)])

    told = capsys.readouterr()
    assert done == WRONG_USE
    assert json.loads(told.out)["issue"][0]["expression"] == ["Questionnaire"]
    assert len(told.err.splitlines()) == 1


def test_another_resource_is_refused_in_words(written, capsys):
    assert main(["questionnaire", "check", written("q.json", FILLED)]) == NEGATIVE
    assert "QuestionnaireResponse" in json.loads(capsys.readouterr().out)["issue"][0]["details"]["text"]


def test_many_cases_get_an_answer_each(monkeypatch, capsys):
    lines = [json.dumps({"questionnaire": FORM, "response": FILLED}), "{", json.dumps(FORM), json.dumps([1])]
    monkeypatch.setattr("sys.stdin", lines)

    assert main(["questionnaire", "validate", "--lines"]) == DONE

    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [next(iter(answer)) for answer in answers] == ["resourceType", "error", "error", "error"]
