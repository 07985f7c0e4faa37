"""After an answer, only the expressions that depend on it are run again, and nothing comes out otherwise."""

import copy
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medspiller.questionnaires.domain.answering.evaluating import Engine
from medspiller.questionnaires.domain.answering.expressions import Compiled, selected_by
from medspiller.questionnaires.domain.answering.remembering import Memory
from medspiller.questionnaires.domain.definition import reading
from medspiller.questionnaires.domain.filling.finishing import finish
from medspiller.questionnaires.domain.filling.presenting import present
from medspiller.questionnaires.tests.cases import answered, core, item, questionnaire, response
from medspiller.questionnaires.tests.forms import NOW, engine

SDC = "sdc-questionnaire-"


def expression(text: str, name: str = "") -> dict[str, str]:
    return {"language": "text/fhirpath", "expression": text, **({"name": name} if name else {})}


def calculated(text: str) -> dict[str, Any]:
    return core(f"{SDC}calculatedExpression", valueExpression=expression(text))


def asked_when(text: str) -> dict[str, Any]:
    return core(f"{SDC}enableWhenExpression", valueExpression=expression(text))


def variable(name: str, text: str) -> dict[str, Any]:
    return core("variable", valueExpression=expression(text, name))


def value_of(link_id: str) -> str:
    return f"%resource.item.where(linkId='{link_id}').answer.value"


@pytest.fixture
def run(monkeypatch):
    """The texts of the expressions that are run, as they are run."""
    found: list[str] = []
    evaluate, nodes = Compiled.evaluate, Compiled.nodes

    def counted(self, *given, **named):
        found.append(self.expression)
        return evaluate(self, *given, **named)

    def counted_variable(self, *given, **named):
        if not found or found[-1] != self.expression:
            found.append(self.expression)
        return nodes(self, *given, **named)

    monkeypatch.setattr(Compiled, "evaluate", counted)
    monkeypatch.setattr(Compiled, "nodes", counted_variable)
    return found


def again(form: dict[str, Any], run: list[str], before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    """What is run when a response is shown after another one of the same form was."""
    made = engine(form, memory=Memory())
    present(made, copy.deepcopy(before), language="nb")
    run.clear()
    present(made, copy.deepcopy(after), language="nb")
    return set(run)


class TestWhatIsRunAgain:
    SUMS = questionnaire(
        item("a", "integer"),
        item("b", "integer"),
        item("of-a", "integer", calculated(f"{value_of('a')} + 1")),
        item("of-b", "integer", calculated(f"{value_of('b')} + 1")),
        item("of-of-a", "integer", calculated(f"{value_of('of-a')} * 2")),
        item("why", "string", asked_when(f"{value_of('b')} > 3")),
    )

    def said(self, a: int, b: int) -> dict[str, Any]:
        return response(answered("a", {"valueInteger": a}), answered("b", {"valueInteger": b}))

    def test_is_nothing_when_nothing_was_changed(self, run):
        assert again(self.SUMS, run, self.said(1, 2), self.said(1, 2)) == set()

    def test_is_what_reads_the_answer_itself_or_through_another(self, run):
        assert again(self.SUMS, run, self.said(1, 2), self.said(5, 2)) == {
            f"{value_of('a')} + 1",
            f"{value_of('of-a')} * 2",
        }

    def test_is_a_condition_whose_answer_was_changed(self, run):
        assert f"{value_of('b')} > 3" in again(self.SUMS, run, self.said(1, 2), self.said(1, 9))

    def test_ends_where_a_calculated_value_stays_the_same(self, run):
        form = questionnaire(
            item("a", "integer"),
            item("many", "boolean", calculated(f"{value_of('a')} > 3")),
            item("told", "string", calculated(f"iif({value_of('many')}, 'many', 'few')")),
        )
        before, after = response(answered("a", {"valueInteger": 5})), response(answered("a", {"valueInteger": 6}))

        assert again(form, run, before, after) == {f"{value_of('a')} > 3"}

    def test_is_each_expression_once_for_all_rounds(self, run):
        present(engine(self.SUMS, memory=Memory()), self.said(1, 2), language="nb")

        assert len(run) == len(set(run))

    def test_is_in_a_repeated_group_only_the_occurrence_that_was_changed(self, run):
        child = "item.where(linkId='hours').answer.value"
        form = questionnaire(
            item(
                "day", "group", variable("hours", child), repeats=True,
                item=[item("hours", "integer"), item("twice", "integer", calculated("%hours * 2"))],
            )
        )  # fmt: skip

        def days(*hours: int) -> dict[str, Any]:
            return response(*({"linkId": "day", "item": [answered("hours", {"valueInteger": each})]} for each in hours))

        made = engine(form, memory=Memory())
        present(made, days(1, 2), language="nb")
        assert made.score(days(1, 3))["twice"] == engine(form).score(days(1, 3))["twice"] == [2, 6]

    @pytest.mark.parametrize(
        "text",
        [
            "%resource.item.answer.value.count()",
            "%resource.descendants().count()",
            "%resource.item.first().item.where(linkId='x').exists()",
            "%resource.item.where(answer.exists()).count()",
            "today().toString()",
            "%known",
            "%resource.item.where(linkId ~ 'X').answer.value",
            "%resource.item.where(linkId='x' or answer.exists()).count()",
            "item.where(linkId='x').exists() and not (",
        ],
    )
    def test_is_always_what_does_not_tell_what_it_reads(self, text, run):
        form = questionnaire(item("a", "integer"), item("n", "string", calculated(text)))
        made = engine(form, memory=Memory(), known={"known": "x"})
        present(made, response(), language="nb")

        assert not made.memory.results

    def test_a_fault_is_found_again(self):
        form = questionnaire(item("a", "string"), item("n", "integer", calculated(f"{value_of('a')} - 1")))
        said = response(answered("a", {"valueString": "x"}))
        made = engine(form, memory=Memory())

        assert made.filled(said).calculator.faults == made.filled(said).calculator.faults != []

    def test_what_is_kept_is_never_too_much(self, monkeypatch):
        monkeypatch.setattr("medspiller.questionnaires.domain.answering.remembering.MOST_RESULTS", 3)
        made = engine(self.SUMS, memory=Memory())
        for number in range(20):
            present(made, self.said(number, number), language="nb")

        assert len(made.memory.results) <= 3


class TestSelected:
    @pytest.mark.parametrize(
        ("text", "link_ids", "start"),
        [
            ("%resource.item.where(linkId='g').item.where(linkId='a').answer.value", {"a"}, False),
            ("%resource.item.where(linkId='g').first().item.where(linkId='a')", {"g"}, False),
            ("%resource.repeat(item).where(linkId='a' or linkId='b').answer.value", {"a", "b"}, False),
            ("%resource.descendants().where(linkId in ('a' | 'b')).count()", {"a", "b"}, False),
            ("item.where(linkId='a').answer.value > 3", {"a"}, False),
            ("answer.value > 3", set(), True),
            ("%context.answer.exists() and %resource.item.where(linkId='a').exists()", {"a"}, True),
            ("iif(%resource.item.where(linkId='a').exists(), 1, 2)", {"a"}, False),
            ("%a + %b", set(), False),
        ],
    )
    def test_items_are_told(self, text, link_ids, start):
        found = selected_by(text)

        assert (found.link_ids, found.start) == (link_ids, start)


# --- Whatever is answered, in whatever order -----------------------------------------------------

LINK_IDS = ("a", "b", "c", "d")
READS = (
    "%resource.item.where(linkId='{}').answer.value",
    "%resource.repeat(item).where(linkId='{}').answer.value",
    "%resource.descendants().where(linkId='{}').answer.value.first()",
    "%resource.item.where(linkId='g').item.where(linkId='{}').answer.value",
    "%resource.item.where(linkId='g').item.where(linkId='{}').answer.value.sum()",
    "item.where(linkId='{}').answer.value",
    "%resource.item.where(linkId='g').last().item.where(linkId='{}').exists()",
    "%resource.item.where(linkId='{}' or linkId='a').answer.value.count()",
    "%resource.item[0].item.where(linkId='{}').answer.value",
    "%{}",
)
SHAPES = ("{}", "{} + 1", "{} > 3", "{}.exists()", "{}.count() + {}.count()", "iif({} > 2, {}, 7)", "{} & 'x'")


@st.composite
def texts(draw):
    shape = draw(st.sampled_from(SHAPES))
    reads = [draw(st.sampled_from(READS)).format(draw(st.sampled_from(LINK_IDS))) for _ in range(shape.count("{}"))]
    return shape.format(*reads)


@st.composite
def forms(draw):
    more = {
        link_id: [
            *([calculated(draw(texts()))] if draw(st.integers(0, 2)) == 0 else []),
            *([asked_when(draw(texts()))] if draw(st.integers(0, 3)) == 0 else []),
        ]
        for link_id in (*LINK_IDS, "e", "f")
    }
    named = [variable(name, draw(texts()).replace("%" + name, "1")) for name in draw(st.sets(st.sampled_from("ab")))]
    inner = [item(link_id, "integer", *more[link_id]) for link_id in ("c", "d", "e")]
    outer = [item(link_id, "integer", *more[link_id]) for link_id in ("a", "b", "f")]
    group = item("g", "group", *named, repeats=draw(st.booleans()), item=inner)
    return questionnaire(*outer, group, extension=named if draw(st.booleans()) else [])


def changed(written: dict[str, Any], dice: random.Random) -> dict[str, Any]:
    """One answer more, less or other than before, somewhere; sometimes a group more or less."""
    made = copy.deepcopy(written)
    items = made.setdefault("item", [])
    groups = [one for one in items if one["linkId"] == "g"]
    if dice.random() < 0.2:
        items.insert(dice.randrange(len(items) + 1), {"linkId": "g", "item": []})
    elif dice.random() < 0.1 and groups:
        items.remove(dice.choice(groups))
    place = dice.choice(groups).setdefault("item", []) if groups and dice.random() < 0.6 else items
    names = ("a", "b") if place is items else ("c", "d")
    name = dice.choice(names)
    place[:] = [one for one in place if one["linkId"] != name]
    if dice.random() < 0.8:
        said = {"linkId": name, "answer": [{"valueInteger": dice.randrange(6)}]}
        place.insert(dice.randrange(len(place) + 1), said)
    return made


def outcome(made: Engine, written: dict[str, Any]) -> Any:
    """All that the engine says of a response."""
    filled = made.filled(written)
    finished = finish(made, written, at=NOW)
    return (
        filled.layout.response.source, filled.scores, made.enabled(written), made.score(written),
        finished.response, finished.issues, present(made, written, language="nb"),
    )  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(forms(), st.integers(0, 9999))
def test_what_is_remembered_gives_what_running_everything_gives(form, seed):
    dice = random.Random(seed)  # noqa: S311 - a test's dice
    read = reading.read(form)
    memory = Memory()
    written = response()
    for _ in range(6):
        written = changed(written, dice)
        try:
            afresh = outcome(Engine(read, now=NOW), copy.deepcopy(written))
        except Exception as fault:
            with pytest.raises(type(fault)):
                outcome(Engine(read, now=NOW, memory=memory), copy.deepcopy(written))
            continue
        assert outcome(Engine(read, now=NOW, memory=memory), copy.deepcopy(written)) == afresh
