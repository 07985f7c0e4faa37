"""The official FHIRPath suite for R4, and a second opinion on the expressions of real questionnaires."""

import json
import os
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

import fhirpathpy
import pytest
from fhirpathpy.models import models

from medspiller.questionnaires.domain.answering import expressions
from medspiller.questionnaires.domain.answering.expressions import model

STANDARDS = Path(os.environ.get("MEDSPILLER_STANDARDS", "../shared/standards"))
SUITE = STANDARDS / "fhirpath"
NOW = datetime(2026, 9, 1, 12, tzinfo=UTC)
needs_the_suite = pytest.mark.skipif(
    not SUITE.exists(), reason="the FHIRPath suite is not on this machine: 371 cases not run"
)
needs_questionnaires = pytest.mark.skipif(
    not (STANDARDS / "sdc-behaviour").exists(), reason="the SDC questionnaires are not on this machine: not compared"
)


@cache
def resource(name):
    return json.loads((SUITE / "input" / name).read_text(encoding="utf-8")) if name else None


def expected(output):
    kind, value = output["type"], output["value"]
    if kind == "boolean" or (kind is None and value in {"true", "false"}):
        return value == "true"
    if kind in {"integer", "decimal"}:
        return Decimal(value)
    return value.removeprefix("@").removeprefix("T")


def same(found, wanted):
    if isinstance(found, bool) or isinstance(wanted, bool):
        return found is wanted
    if isinstance(found, int | float | Decimal) and isinstance(wanted, Decimal):
        return Decimal(str(found)) == wanted
    # Boundaries state no type, and are wanted with every digit.
    return str(found) == wanted


def agrees(case, evaluate):
    try:
        found = evaluate(case["expression"], resource(case["inputfile"]))
    except expressions.ExpressionFault:
        return bool(case["invalid"])
    wanted = [expected(output) for output in case["outputs"]]
    if case["invalid"]:
        return False
    if case["predicate"]:
        return [bool(found)] == wanted
    if not case["ordered"]:
        found, wanted = sorted(found), sorted(wanted)
    return len(found) == len(wanted) and all(map(same, found, wanted))


def ours(expression, on):
    return expressions.compile(expression).evaluate(on, now=NOW)


@needs_the_suite
def test_we_agree_with_the_whole_official_suite():
    cases = json.loads((SUITE / "tests-fhir-r4.json").read_text(encoding="utf-8"))

    failing = [(case["name"], case["expression"]) for case in cases if not agrees(case, ours)]

    assert failing == []
    assert len(cases) >= 371


def fhirpath_in(json_value):
    waiting = [json_value]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            if value.get("language") == "text/fhirpath" and isinstance(value.get("expression"), str):
                yield value["expression"]
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value


def all_expressions():
    for folder in ("sdc-behaviour", "sdc", "helsenorge-questionnaire"):
        for path in sorted((STANDARDS / folder).rglob("*.json")):
            yield from fhirpath_in(json.loads(path.read_text(encoding="utf-8")))


@needs_questionnaires
def test_every_expression_of_the_shared_questionnaires_can_be_read():
    written = {text for text in all_expressions() if text}

    needs = {text: expressions.depends_on(text) for text in written}
    for text in written:
        expressions.compile(text)

    assert len(written) > 80
    assert needs["%resource.item.where(linkId = 'countryCode').answer.value.code"] == {"%resource", "countryCode"}


FORM = {
    "resourceType": "QuestionnaireResponse",
    "status": "completed",
    "authored": "2026-09-01T10:00:00Z",
    "item": [
        {
            "linkId": "g",
            "item": [
                {"linkId": "a", "answer": [{"valueInteger": 3}]},
                {"linkId": "b", "answer": [{"valueDecimal": 2.5}]},
                {"linkId": "c", "answer": [{"valueCoding": {"system": "s", "code": "x", "display": "X"}}]},
                {"linkId": "d", "answer": [{"valueBoolean": True}]},
                {"linkId": "e", "answer": [{"valueString": "hello"}, {"valueString": "there"}]},
            ],
        },
        {"linkId": "empty"},
    ],
}


@pytest.mark.parametrize(
    "expression",
    [
        "item.where(linkId = 'g').item.where(linkId = 'a').answer.value",
        "%resource.repeat(item).where(linkId = 'b').answer.value",
        "%resource.descendants().where(linkId = 'c').answer.value.code",
        "%resource.item.item.answer.value.ofType(string).count()",
        "item.item.where(linkId = 'a').answer.value + item.item.where(linkId = 'b').answer.value",
        "iif(item.item.where(linkId = 'd').answer.value, 'yes', 'no')",
        "item.item.where(linkId = 'e').answer.value.join(', ')",
        "item.item.where(answer.exists()).linkId",
        "item.where(linkId = 'empty').answer.empty()",
        "item.item.answer.value.ofType(integer).count() = 1 and item.item.where(linkId = 'd').answer.value",
        "item.item.where(linkId = 'c').answer.value.code in ('x' | 'y')",
        "%resource.item.item.where(linkId = 'nowhere').answer.value.exists()",
        "item.item.linkId.first() & '-' & item.item.linkId.last()",
    ],
)
def test_a_second_opinion_agrees_on_the_shapes_that_questionnaires_use(expression):
    theirs = fhirpathpy.evaluate(FORM, expression, {"resource": FORM}, models["r4"])

    found = expressions.compile(expression).evaluate(FORM)

    assert [str(value) for value in found] == [str(value) for value in theirs]


def test_the_table_of_types_says_what_its_origin_says():
    origin = models["r4"]
    asked = 0
    for path, said in origin["path2Type"].items():
        owner, _, name = path.rpartition(".")
        kind = "string" if said == "System.String" else said
        (_, _, found), *_ = model.child(owner, name).keys
        if found not in {kind, "id", "uri"}:
            assert owner.partition(".")[0] == "Element", (path, kind, found)
        asked += 1
    assert asked > 7000


@pytest.mark.parametrize(
    ("expression", "theirs"),
    [("1 > 2 is Boolean", [True]), ("1 + 1 foo bar", [2]), ("1.0.toString()", ["1"]), ("@2015 is Date", [False])],
)
def test_the_library_still_has_the_faults_for_which_we_do_not_build_on_it(expression, theirs):
    """When this fails, docs/fhirpath.md should be read again."""
    assert fhirpathpy.evaluate({}, expression, {}, models["r4"]) == theirs
