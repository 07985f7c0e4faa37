"""For any questionnaire and any answers: nothing crashes, nothing that was shown is lost, and scores hang on codes."""

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medspiller.questionnaires.domain.filling.finishing import finish
from medspiller.questionnaires.domain.filling.presented import Question, every_part
from medspiller.questionnaires.domain.filling.presenting import present
from medspiller.questionnaires.domain.filling.submitting import submitted
from medspiller.questionnaires.domain.reading_back.answers import answers_to_read
from medspiller.questionnaires.tests.cases import core, questionnaire
from medspiller.questionnaires.tests.forms import NOW, as_sent, engine

# A form that was made up may be long to write down; that says nothing about it.
pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")

SCORING = "http://ehelse.no/scoringFormulas"
TYPES = [
    "boolean", "decimal", "integer", "date", "dateTime", "time", "string", "text", "url", "choice", "open-choice",
    "attachment", "quantity", "reference", "display", "group",
]  # fmt: skip
CONTROLS = ["check-box", "radio-button", "drop-down", "slider", "autocomplete", "year", "yearMonth", "gtable", "page"]

words = st.text(max_size=12)
codes = st.sampled_from(["a", "b", "c", "", "+", "0:a", "å ø"])


@st.composite
def options(draw):
    made = []
    for code in draw(st.lists(codes, max_size=4)):
        coding: dict[str, Any] = {"system": draw(st.sampled_from(["urn:a", "urn:b"])), "display": draw(words)}
        if code:
            coding["code"] = code
        coding["extension"] = [core("ordinalValue", valueDecimal=draw(st.integers(0, 5)))]
        option = {"valueCoding": coding}
        if draw(st.booleans()):
            option["extension"] = [core("questionnaire-optionExclusive", valueBoolean=True)]
        made.append(option)
    return made


@st.composite
def items(draw, depth=0):
    kind = draw(st.sampled_from(TYPES))
    made: dict[str, Any] = {"linkId": draw(st.sampled_from("abcdefghij") | words.filter(bool)), "type": kind}
    for key, strategy in (("text", words), ("required", st.booleans()), ("repeats", st.booleans()),
                          ("readOnly", st.just(False)), ("maxLength", st.integers(1, 9))):  # fmt: skip
        if draw(st.booleans()):
            made[key] = draw(strategy)
    if "choice" in kind:
        made["answerOption"] = draw(options())
        made["code"] = [{"system": SCORING, "code": "QS"}]
    if draw(st.booleans()):
        concept = {"coding": [{"code": draw(st.sampled_from(CONTROLS))}]}
        made["extension"] = [
            core("questionnaire-itemControl", valueCodeableConcept=concept),
            core("minValue", valueInteger=0), core("maxValue", valueInteger=draw(st.integers(0, 20))),
            core("questionnaire-maxOccurs", valueInteger=draw(st.integers(0, 3))),
            core("questionnaire-unitOption", valueCoding={"code": "kg"}),
            core("questionnaire-unitOption", valueCoding={"code": "g"}),
        ]  # fmt: skip
    if draw(st.integers(0, 3)) == 0:
        question = draw(st.sampled_from("abcdefghij"))
        made["enableWhen"] = [{"question": question, "operator": "exists", "answerBoolean": draw(st.booleans())}]
    if depth < 3 and kind != "display":
        made["item"] = draw(st.lists(items(depth=depth + 1), max_size=3))
    return made


forms = st.lists(items(), max_size=5).map(
    lambda made: questionnaire(
        *made, {"linkId": "total", "type": "decimal", "code": [{"system": SCORING, "code": "TS"}]}, language="nb"
    )
)
typed = st.sampled_from(
    ["12", "1,5", "tolv", "2026-11-21", "21.11.2026", "11.2026", "14.30", "https://x.no", "", " å "]
)


def fill(form, made, dice):
    """Send the form as somebody would who answers at random."""
    sent = as_sent(form)
    for step in form.steps:
        for part in every_part(step.parts):
            if not isinstance(part, Question):
                continue
            if part.options and part.name in sent:
                sent[part.name] = ["", *(option.value for option in part.options if dice.random() < 0.5)]
            elif part.name in sent:
                sent[part.name] = [made for _ in sent[part.name]]
            if part.add and dice.random() < 0.3:
                sent["_press"] = [part.add]
    return sent


def names_twice(made):
    return len(made.questionnaire.by_link_id) < sum(1 for _ in made.questionnaire.every_item())


@settings(max_examples=60, deadline=None)
@given(forms, st.lists(typed, min_size=3, max_size=3), st.integers(0, 999))
def test_whatever_is_answered_is_shown_sent_completed_and_read_without_a_crash(form, said, seed):
    made, dice = engine(form), random.Random(seed)  # noqa: S311 - a test's dice
    written: dict[str, Any] = {"resourceType": "QuestionnaireResponse", "status": "in-progress"}
    unreadable: dict[str, str] = {}
    for each in said:
        page = present(made, written, language="nb", unreadable=unreadable)
        sent = submitted(made, fill(page, each, dice), before=written, unreadable=unreadable)
        written, unreadable = sent.response, dict(sent.unreadable)

        again = present(made, written, language="nb", unreadable=unreadable)
        same = submitted(made, as_sent(again), before=written, unreadable=unreadable)
        # Of two questions with one linkId, which no form may have that is published, either may be meant.
        assert same.response == written or names_twice(made)

    finished = finish(made, written, at=NOW)
    present(made, finished.response, language="en", issues=finished.issues)
    answers_to_read(made, finished.response, language="nn")


@settings(max_examples=30, deadline=None)
@given(forms, st.integers(0, 999))
def test_names_and_ids_stand_once(form, seed):
    made, dice = engine(form), random.Random(seed)  # noqa: S311 - a test's dice
    before: dict[str, Any] = {"resourceType": "QuestionnaireResponse", "status": "in-progress"}
    written = submitted(made, fill(present(made, before, language="nb"), "12", dice), before=before).response

    found = [each for step in present(made, written, language="nb").steps for each in every_part(step.parts)]
    ids = [part.id for part in found]
    ids += [f"{choice.id}" for part in found if isinstance(part, Question) for choice in part.options]

    assert len(ids) == len(set(ids))


@settings(max_examples=30, deadline=None)
@given(forms, st.integers(0, 999))
def test_the_same_answers_count_the_same_in_every_order_and_language(form, seed):
    made, dice = engine(form), random.Random(seed)  # noqa: S311 - a test's dice
    before: dict[str, Any] = {"resourceType": "QuestionnaireResponse", "status": "in-progress"}
    written = submitted(made, fill(present(made, before, language="nb"), "12", dice), before=before).response

    assert made.score(shuffled(written, dice)) == made.score(written)
    assert made.score(said_otherwise(written)) == made.score(written)


def shuffled(node: Any, dice: random.Random) -> Any:
    if isinstance(node, list):
        return [shuffled(each, dice) for each in dice.sample(node, len(node))]
    return {key: shuffled(value, dice) for key, value in node.items()} if isinstance(node, dict) else node


def said_otherwise(node: Any) -> Any:
    """Every code is called something else; what has no code is known by its name only, and keeps it."""
    if isinstance(node, list):
        return [said_otherwise(each) for each in node]
    if not isinstance(node, dict):
        return node
    changed = {key: said_otherwise(value) for key, value in node.items()}
    return {**changed, "display": "på et annet språk"} if "code" in node else changed
