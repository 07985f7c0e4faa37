"""Whatever comes in, an answer comes out."""

import copy
from datetime import UTC, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medspiller.questionnaires.domain.answering import expressions, responses
from medspiller.questionnaires.domain.answering.evaluating import Engine, NotComputable
from medspiller.questionnaires.domain.checks import checking
from medspiller.questionnaires.domain.definition import reading
from medspiller.questionnaires.domain.definition.extensions import meaning
from medspiller.questionnaires.domain.definition.outcomes import operation_outcome
from medspiller.questionnaires.tests.cases import answered, code, core, item, questionnaire, response

NOW = datetime(2026, 8, 1, 12, tzinfo=UTC)
FORM = questionnaire(
    item(
        "g",
        "group",
        repeats=True,
        item=[
            item("day", "date", core("minValue", valueDate="2020")),
            item("how", "choice", repeats=True, answerOption=[code("x", 1), code("y", 2)]),
            item("amount", "quantity", enableWhen=[{"question": "day", "operator": ">", "answerDate": "2021"}]),
            item("note", "string", core("regex", valueString="^[a-z]+$"), maxLength=9),
        ],
    ),
    item("file", "attachment", core("maxSize", valueDecimal=1)),
    item("see", "reference"),
    contained=[{"resourceType": "ValueSet", "id": "v", "compose": {"include": [{"concept": [{"code": "a"}]}]}}],
)
FILLED = response(
    {
        "linkId": "g",
        "item": [
            answered("day", {"valueDate": "2022-01-01"}),
            answered("how", code("x"), code("y")),
            answered("amount", {"valueQuantity": {"value": 3, "unit": "kg"}}),
            answered("note", {"valueString": "abc"}),
        ],
    },
    answered("file", {"valueAttachment": {"contentType": "a/b", "data": "QUJD"}}),
    answered("see", {"valueReference": {"reference": "Patient/1"}}),
)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


def paths(value, here=()):
    yield here
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        yield from paths(child, (*here, key))


def changed(draw, original):
    """The same JSON with something else in one or two places."""
    result = copy.deepcopy(original)
    for _ in range(draw(st.integers(1, 2))):
        way = draw(st.sampled_from(list(paths(result))))
        if not way:
            return draw(JSON)
        target = result
        for key in way[:-1]:
            target = target[key]
        if draw(st.booleans()):
            target[way[-1]] = draw(JSON)
        else:
            del target[way[-1]]
    return result


def told(form, filled):
    """Everything that can be asked of the engine, answered or refused in words."""
    operation_outcome(checking.check(form, expressions.compile))
    try:
        engine = Engine(reading.read(form), now=NOW)
        engine.validate(filled)
        engine.enabled(filled)
        engine.score(filled)
    except (reading.NotReadable, responses.NotReadable, NotComputable) as refusal:
        return not operation_outcome(refusal.issues)
    return True


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_no_change_of_a_response_brings_validation_down(data):
    told(FORM, changed(data.draw, FILLED))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_no_change_of_a_questionnaire_brings_it_down(data):
    told(changed(data.draw, FORM), FILLED)


def test_the_unchanged_is_fine():
    assert told(FORM, FILLED)
    assert not any(issue.is_error for issue in checking.check(FORM))
    assert not any(issue.is_error for issue in Engine(reading.read(FORM), now=NOW).validate(FILLED))


def test_both_spellings_of_an_address_mean_the_same():
    for host in ("http://ehelse.no", "https://helsenorge.no"):
        for name in ("sdf-sublabel", "sublabel", "sdf-SubLabel"):
            assert meaning(f"{host}/fhir/StructureDefinition/{name}") == "helsenorge:sublabel"
    assert meaning("http://helsenorge.no/fhir/StructureDefinition/sdf-questionnaire-navgiator-state") == (
        meaning("http://helsenorge.no/fhir/StructureDefinition/sdf-questionnaire-navigator-state")
    )


def test_an_hour_of_repeats_is_refused_and_not_looked_through():
    many = questionnaire(item("g", "group", repeats=True, item=[item(str(number), "string") for number in range(60)]))
    filled = response(*({"linkId": "g"} for _ in range(1000)))

    issues = Engine(reading.read(many), now=NOW).validate(filled)

    assert [issue.code.value for issue in issues] == ["too-costly"]
