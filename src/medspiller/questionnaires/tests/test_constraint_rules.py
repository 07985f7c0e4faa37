"""Rules that are expressions, limits that are expressions, units to choose from, and hostile input."""

import pytest

from medspiller.questionnaires.domain.answering import expressions
from medspiller.questionnaires.domain.answering.evaluating import Engine, NotComputable
from medspiller.questionnaires.domain.definition import patterns, reading, shape
from medspiller.questionnaires.domain.definition.patterns import MOST_TIMEOUTS, Match, Patience, matches
from medspiller.questionnaires.domain.filling.presented import ProblemKind
from medspiller.questionnaires.tests.cases import answered, core, item, questionnaire, response
from medspiller.questionnaires.tests.forms import NOW, engine, question, shown


def constraint(expression, **more):
    parts = [
        {"url": "key", "valueId": "k"},
        {"url": "severity", "valueCode": more.get("severity", "error")},
        {"url": "human", "valueString": more.get("human", "Slutten kan ikke være før starten.")},
        {"url": "expression", "valueExpression": {"language": "text/fhirpath", "expression": expression}},
    ]
    return {"url": "http://hl7.org/fhir/StructureDefinition/targetConstraint", "extension": parts}


def told(form, *answers):
    written = response(*answers)
    return [(issue.severity.value, issue.code.value, issue.link_id) for issue in engine(form).validate(written)]


def day(link_id, said):
    return answered(link_id, {"valueDate": said})


class TestConstraints:
    RULE = "%resource.item.where(linkId='from').answer.value <= %resource.item.where(linkId='to').answer.value"
    FORM = questionnaire(item("from", "date"), item("to", "date", constraint(RULE)))

    def test_a_broken_one_is_an_error_at_the_item_that_states_it(self):
        broken = told(self.FORM, day("from", "2026-02-01"), day("to", "2026-01-01"))

        assert broken == [("error", "invariant", "to")]

    def test_a_kept_one_is_not_told(self):
        assert told(self.FORM, day("from", "2026-01-01"), day("to", "2026-02-01")) == []

    def test_one_that_yields_nothing_is_kept(self):
        assert told(self.FORM, day("to", "2026-02-01")) == []

    def test_advice_stops_nobody(self):
        form = questionnaire(item("n", "integer", constraint("%context.answer.value < 10", severity="warning")))

        assert told(form, answered("n", {"valueInteger": 20})) == [("warning", "invariant", "n")]

    def test_one_about_the_whole_form_is_held_against_the_whole(self):
        form = questionnaire(item("a", "string"), extension=[constraint("item.answer.exists()")])

        assert ("error", "invariant", None) in told(form)
        assert told(form, answered("a", {"valueString": "x"})) == []

    def test_one_that_cannot_be_evaluated_stops_nobody(self):
        form = questionnaire(item("a", "string", constraint("nonsense(")))

        assert told(form, answered("a", {"valueString": "x"})) == []

    def test_the_page_says_it_in_the_words_of_the_form(self):
        written = response(day("from", "2026-02-01"), day("to", "2026-01-01"))

        (fault,) = shown(self.FORM, written, issues=engine(self.FORM).validate(written)).faults

        assert fault.problem.kind is ProblemKind.RULE
        assert fault.problem.said.plain == "Slutten kan ikke være før starten."


@pytest.mark.parametrize("host", ["ehelse.no", "helsenorge.no"])
class TestLimitsThatAreExpressions:
    def form(self, host, name, expression, kind="date"):
        limit = {"url": f"http://{host}/fhir/StructureDefinition/{name}", "valueString": expression}
        return questionnaire(item("d", kind, limit))

    def test_nothing_before_today(self, host):
        form = self.form(host, "sdf-minvalue", "today()")

        assert told(form, day("d", "2026-11-22")) == []
        assert told(form, day("d", "2026-11-21")) == [("error", "business-rule", "d")]

    def test_nothing_after_next_week(self, host):
        form = self.form(host, "sdf-maxvalue", "today() + 7 days")

        assert told(form, day("d", "2026-11-29")) == []
        assert told(form, day("d", "2026-11-30")) == [("error", "business-rule", "d")]

    def test_the_page_tells_them_beforehand(self, host):
        form = self.form(host, "sdf-minvalue", "today()")

        assert question(shown(form), "d").hints.least == "22. november 2026"

    def test_one_that_cannot_be_evaluated_is_none(self, host):
        assert told(self.form(host, "sdf-minvalue", "today("), day("d", "1900-01-01")) == []


class TestUnits:
    KILO = {"code": "kg", "system": "http://unitsofmeasure.org", "display": "kg"}
    GRAM = {"code": "g", "system": "http://unitsofmeasure.org", "display": "gram"}

    def form(self, *extensions):
        return questionnaire(item("q", "quantity", *extensions))

    def given(self, **quantity):
        return answered("q", {"valueQuantity": {"value": 1, **quantity}})

    def test_one_of_several_is_taken(self):
        form = self.form(*(core("questionnaire-unitOption", valueCoding=unit) for unit in (self.KILO, self.GRAM)))

        assert told(form, self.given(code="g", system="http://unitsofmeasure.org", unit="gram")) == []

    def test_another_is_refused(self):
        form = self.form(*(core("questionnaire-unitOption", valueCoding=unit) for unit in (self.KILO, self.GRAM)))

        assert told(form, self.given(code="lb", system="http://unitsofmeasure.org")) == [("error", "code-invalid", "q")]

    def test_none_is_told_and_not_refused(self):
        form = self.form(core("questionnaire-unitOption", valueCoding=self.KILO))

        assert told(form, self.given()) == [("warning", "incomplete", "q")]

    def test_any_is_taken_where_the_list_is_open(self):
        is_open = core("questionnaire-unitOpen", valueCode="optionsOrString")
        form = self.form(core("questionnaire-unitOption", valueCoding=self.KILO), is_open)

        assert told(form, self.given(unit="sekker")) == []


class TestHostileInputCostsLittle:
    """Counted, not timed: how much is looked at before it is refused."""

    def test_deep_nesting_is_refused_at_its_depth(self):
        deep: dict = {"linkId": "x", "type": "group"}
        for _ in range(50_000):
            deep = {"linkId": "x", "type": "group", "item": [deep]}

        with pytest.raises(reading.NotReadable, match=str(shape.DEEPEST)):
            reading.read(questionnaire(deep))
        while deep:
            # Python frees such a chain by recursion; taking it apart spares the test's own stack.
            deep = (deep.pop("item", None) or [{}])[0]

    def test_wide_nesting_is_refused_by_the_number_of_values(self):
        wide = [item(f"q{number}", "string") for number in range(shape.MOST_VALUES // 3)]

        with pytest.raises(reading.NotReadable, match=str(shape.MOST_VALUES)):
            reading.read(questionnaire(*wide))

    def test_exploding_patterns_share_a_few_trials(self, monkeypatch):
        tried = []
        patience = Patience()
        monkeypatch.setattr(patterns, "_EACH_SECONDS", 0.001)
        for _ in range(MOST_TIMEOUTS + 20):
            before = patience.left
            assert matches(r"^(x+x+)+y$", "x" * 5000, patience) is Match.UNKNOWN
            tried.append(before > 0)

        assert sum(tried) == MOST_TIMEOUTS

    def test_costly_expressions_end_when_the_time_is_over(self):
        asked = []

        def enough():
            asked.append(1)
            return len(asked) > 3

        costly = {"language": "text/fhirpath", "expression": "1 + 1"}
        items = [
            item(f"q{number}", "decimal", core("sdc-questionnaire-calculatedExpression", valueExpression=costly))
            for number in range(50)
        ]
        hurried = Engine(reading.read(questionnaire(*items)), now=NOW, enough=enough)

        with pytest.raises(NotComputable, match="time"):
            hurried.filled(response())
        assert len(asked) == 4

    def test_an_expression_alone_ends_after_so_many_steps(self):
        endless = expressions.compile("repeatAll($this | $this)")

        with pytest.raises(expressions.ExpressionFault):
            endless.evaluate({"resourceType": "Patient"}, {})
