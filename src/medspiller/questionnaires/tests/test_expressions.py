"""What expressions give, and what they refuse."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medspiller.questionnaires.domain.answering import expressions
from medspiller.questionnaires.domain.answering.expressions import (
    EvaluationFailed,
    ExpressionFault,
    Quantity,
    TooMuchWork,
    UnreadableExpression,
)

NOW = datetime(2026, 9, 1, 23, 30, tzinfo=timezone(timedelta(hours=2)))


def value(expression, resource=None, **context):
    """Return the only result, or None if there is none."""
    found = expressions.compile(expression).evaluate(resource, context, now=NOW)
    assert len(found) <= 1, found
    return found[0] if found else None


class TestNumbers:
    def test_are_decimal(self):
        assert value("0.1 + 0.2") == Decimal("0.3")
        assert value("0.1 + %x", x=0.2) == Decimal("0.3")

    def test_keep_the_precision_they_were_written_with(self):
        assert value("1.50.toString()") == "1.50"
        assert value("1.58700.precision()") == 5

    @pytest.mark.parametrize(
        "expression", ["1 / 0", "5 mod 0", "5 div 0", "(-1).sqrt()", "0.ln()", "1000.exp()", "2.power(99)"]
    )
    def test_that_there_are_not_are_nothing(self, expression):
        assert value(expression) is None

    def test_round_halves_away_from_zero(self):
        assert value("2.5.round(0)") == 3
        assert value("(-2.5).round(0)") == -3

    def test_whole_division_and_rest_keep_the_sign_of_the_dividend(self):
        assert (value("-7 div 2"), value("-7 mod 2")) == (-3, -1)


class TestTruth:
    @pytest.mark.parametrize(
        ("expression", "expected"),
        [
            ("true and {}", None),
            ("false and {}", False),
            ("{} or true", True),
            ("{} or false", None),
            ("{} xor true", None),
            ("{} implies true", True),
            ("{} implies false", None),
            ("false implies {}", True),
        ],
    )
    def test_has_three_values(self, expression, expected):
        assert value(expression) is expected

    def test_does_not_look_at_what_cannot_matter(self):
        assert value("false and (1 | 2)") is False

    def test_is_not_several_values(self):
        with pytest.raises(EvaluationFailed, match="one truth is meant, and there are 2"):
            value("(true | false) and true")


class TestDates:
    @pytest.mark.parametrize(
        ("expression", "expected"),
        [
            ("@2018-03 < @2018-03-01", None),
            ("@2018-03 < @2018-04-01", True),
            ("@2018 = @2018", True),
            ("@2018 = @2018-01", None),
            ("@2018-01-01 ~ @2018-01", False),
            ("@T10:30 < @T10:30:00", None),
            ("@2018-01-01T10:00:00 = @2018-01-01T10:00:00.0", True),
            ("@2018-01-01T10:00:00+02:00 = @2018-01-01T08:00:00Z", True),
            ("@2018-01-01T10:00:00Z > @2018-01-01T09:00:00", None),
            ("@2018-01-05T10:00:00Z > @2018-01-01T09:00:00", True),
        ],
    )
    def test_compare_as_far_as_they_are_known(self, expression, expected):
        assert value(expression) is expected

    @pytest.mark.parametrize(
        ("expression", "expected"),
        [
            ("@2020-02-29 + 1 year", "2021-02-28"),
            ("@2026-01-31 + 1 month", "2026-02-28"),
            ("@2020 + 18 months", "2021"),
            ("@2026-09-01 - 2 weeks", "2026-08-18"),
            ("@2026-09-01 + 25 hours", "2026-09-02"),
            ("@T23:00 + 2 hours", "01:00"),
            ("@9999-12-31 + 1 day", None),
        ],
    )
    def test_move_along_the_calendar(self, expression, expected):
        assert value(expression) == expected

    def test_do_not_move_by_lengths(self):
        with pytest.raises(EvaluationFailed):
            value("@2026-09-01 + 1 'cm'")

    def test_today_is_that_of_the_clock_given(self):
        assert value("today()") == "2026-09-01"
        assert value("now()") == "2026-09-01T23:30:00.000+02:00"

    def test_without_a_clock_there_is_no_today(self):
        with pytest.raises(EvaluationFailed, match="clock"):
            expressions.compile("today()").evaluate({})

    def test_in_variables_may_be_written_as_text(self):
        assert value("%born <= today() - 18 years", born="2008-09-01") is True


class TestUnits:
    @pytest.mark.parametrize(
        ("expression", "expected"),
        [
            ("1 'm' = 100 'cm'", True),
            ("4 'g' ~ 4040 'mg'", True),
            ("1 'kg/m2' = 1000 'g/m2'", True),
            ("90 'min' = 1.5 'h'", True),
            ("1 'kg' = 1 'm'", None),
            ("1 year = 12 months", True),
            ("1 year = 1 'a'", None),
            ("1 year ~ 1 'a'", True),
            ("80 'kg' / (2 'm' * 2 'm') = 20 'kg/m2'", True),
            ("1 '{score}' = 1 '{score}'", True),
        ],
    )
    def test_are_worked_out(self, expression, expected):
        assert value(expression) is expected

    def test_stay_with_what_was_computed(self):
        assert value("1 'm' + 50 'cm'") == Quantity(Decimal("1.5"), "m")
        assert value("3 days").as_fhir() == {
            "value": Decimal(3),
            "unit": "days",
            "system": "http://unitsofmeasure.org",
            "code": "d",
        }


class TestElements:
    ANSWER = {"resourceType": "QuestionnaireResponse", "item": [{"linkId": "a", "answer": [{"valueDate": "2026-09"}]}]}

    def test_have_their_types_wherever_a_choice_stands(self):
        assert value("item.answer.value is date", self.ANSWER) is True
        assert value("item.answer.value < @2026-10-01", self.ANSWER) is True

    def test_that_are_given_as_variables_without_a_type_are_found_too(self):
        assert value("%it.answer.value < @2026-10-01", it=self.ANSWER["item"][0]) is True

    def test_keep_their_types_when_given_on_as_nodes(self):
        answers = expressions.compile("item.answer").nodes(self.ANSWER)

        assert value("%kept.value is date", kept=answers) is True

    def test_may_have_nothing_but_an_extension(self):
        patient = {"resourceType": "Patient", "_birthDate": {"extension": [{"url": "u", "valueCode": "unknown"}]}}

        assert value("birthDate.extension('u').value", patient) == "unknown"
        assert value("birthDate.hasValue()", patient) is False


class TestRefusals:
    @pytest.mark.parametrize(
        ("expression", "column"),
        [("1 + 1 foo", 7), ("a..b", 3), ("", 1), ("'a", 1), ("(1", 3), ("@2026-02-30", 1), ("$x", 1)],
    )
    def test_say_where_an_expression_stops_being_one(self, expression, column):
        with pytest.raises(UnreadableExpression) as refused:
            expressions.compile(expression)
        assert refused.value.column == column

    @pytest.mark.parametrize("expression", ["nothing()", "a.is(Nonsense)", "substring()", "'a'.substring(1, 2, 3)"])
    def test_come_before_anything_is_evaluated(self, expression):
        with pytest.raises(EvaluationFailed):
            expressions.compile(expression)

    @pytest.mark.parametrize(
        "expression", ["%unknown", "'a' + 1", "-'a'", "(1 | 2).single()", "1 < 'a'", "'a'.matches('(')", "1.upper()"]
    )
    def test_are_for_what_fhirpath_calls_an_error(self, expression):
        with pytest.raises(EvaluationFailed):
            value(expression)

    @pytest.mark.parametrize(
        "expression",
        [
            "(" * 200 + "1" + ")" * 200,
            "-" * 200 + "1",
            "1+" * 10_000 + "1",
            "(1 | 2).repeatAll($this + 1)",
            "(1|2|3|4|5|6|7|8|9|10|11|12|13|14|15|16|17).aggregate($total & $total & 'xxxxxxxx')",
            "('a' & %long).matches('(a+)+$')",
            "%long.matches('(a?){30}b')",
            "%long.matches('.*.*.*.*b')",
            "('x' & %long).replaceMatches('a', %long)",
        ],
    )
    def test_are_for_what_would_take_too_long(self, expression):
        with pytest.raises(TooMuchWork):
            value(expression, long="a" * 5000)

    def test_are_for_resources_of_endless_depth(self):
        deep = {}
        for _ in range(100_000):
            deep = {"item": [deep]}

        with pytest.raises(TooMuchWork):
            value("%deep ~ %deep", deep=deep)


def test_ordinary_patterns_are_tried_on_ordinary_texts():
    assert value("'kari.nordmann@example.org'.matches('^[^@]+@[^@]+[.][a-z]+$')") is True
    assert value("'0001'.matchesFull('[0-9]{4}')") is True
    assert value("'abc'.replaceMatches('(a)(b)', '$2$1')") == "bac"


def test_an_expression_is_read_once():
    assert expressions.compile("1 + 2") is expressions.compile("1 + 2")


def test_evaluation_leaves_no_trace_behind():
    compiled = expressions.compile("%a")

    assert compiled.evaluate(None, {"a": 1}) == [1]
    assert compiled.evaluate(None, {"a": 2}) == [2]


WORDS = [
    "item",
    "answer",
    "value",
    "linkId",
    ".",
    "(",
    ")",
    "[",
    "]",
    "0",
    "1.5",
    "'a'",
    "@2020",
    "@T10",
    "%x",
    "%resource",
    "$this",
    "$total",
    "+",
    "-",
    "*",
    "/",
    "div",
    "mod",
    "|",
    "&",
    "=",
    "!=",
    "~",
    "<",
    ">",
    "in",
    "contains",
    "and",
    "or",
    "implies",
    "is",
    "as",
    "string",
    ",",
    "{}",
    "where",
    "select",
    "repeat",
    "aggregate",
    "iif",
    "exists",
    "count",
    "power",
    "round",
    "toString",
    "toQuantity",
    "lowBoundary",
    "highBoundary",
    "sort",
    "weight",
    "descendants",
    "matches",
    "substring",
    "ln",
    "days",
    "'m'",
]
STARTS = ["item", "%x", "item.answer.value", "1.5", "'12'", "@2020-02"]
ENDS = [
    "toString()",
    "sum()",
    "weight()",
    "children()",
    "type()",
    "precision()",
    "round(2)",
    "distinct()",
    "lowBoundary()",
    "descendants()",
    "repeat(item)",
    "sort()",
    "first()+1",
    "power(3)",
    "toQuantity()",
    "toDateTime()",
    "extension('a')",
    "not()",
    "answers()",
    "resolve()",
    "is(Quantity)",
    "ofType(date)",
    "hasValue()",
    "toDecimal()",
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["resourceType", "item", "answer", "value", "valueDate", "linkId", "_value", "extension", "url"]
            )
            | st.text(max_size=4),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=400, deadline=None)
@given(
    st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)
    | st.text(max_size=20)
    | st.tuples(st.sampled_from(STARTS), st.sampled_from(ENDS)).map(".".join),
    st.dictionaries(st.sampled_from(["resourceType", "item", "value"]), JSON),
    JSON,
)
def test_nothing_but_our_own_errors_ever_comes_out(expression, resource, x):
    with suppress(ExpressionFault):
        compiled = expressions.compile(expression)
        compiled.evaluate(resource, {"x": x}, now=datetime(2026, 1, 1, tzinfo=UTC))
    with suppress(ExpressionFault):
        assert isinstance(expressions.depends_on(expression), frozenset)


@given(st.integers(-(10**12), 10**12), st.integers(-(10**12), 10**12))
def test_sums_and_comparisons_of_whole_numbers_are_those_of_arithmetic(one, other):
    assert value("%a + %b", a=one, b=other) == one + other
    assert value("%a < %b", a=one, b=other) is (one < other)
