"""From the JSON of a Questionnaire to frozen objects. What is wrong in it is left out here and told by `checking`."""

from collections.abc import Mapping
from typing import Any

from medspiller.questionnaires.domain.definition import reading_values as values
from medspiller.questionnaires.domain.definition.definitions import (
    Behaviour,
    Condition,
    Expression,
    Item,
    ItemType,
    Operator,
    Questionnaire,
    Score,
)
from medspiller.questionnaires.domain.definition.extensions import SCORING_SYSTEM, by_meaning
from medspiller.questionnaires.domain.definition.outcomes import Issue
from medspiller.questionnaires.domain.definition.reading_rules import (
    constraints,
    expression,
    limits,
    toggles,
    units,
    variables,
)
from medspiller.questionnaires.domain.definition.reading_texts import codes_of_controls, text_of, text_of_extension
from medspiller.questionnaires.domain.definition.shape import refusal
from medspiller.questionnaires.domain.definition.value_sets import contained

# R5 has these and R4 has not; `question` is in R4's list as a heading, not as a type.
R5_TYPES = ("coding", "question")

_TYPES = {kind.value: kind for kind in ItemType}
_OPERATORS = {operator.value: operator for operator in Operator}
_SCORES = {score.value: score for score in Score}


class NotReadable(Exception):
    """It is no Questionnaire, or too large to be one; `issues` say so."""

    def __init__(self, issues: list[Issue]):
        self.issues = issues
        super().__init__("; ".join(issue.text for issue in issues))


def read(written: Any) -> Questionnaire:
    """
    Return the questionnaire that a JSON value is.

    Faults inside it do not stop the reading: an element that cannot be understood counts as
    absent. Ask `checking.problems` whether there are any.

    :raises NotReadable: if it is another resource or none, or too deep or too large.
    """
    if refused := refusal(written, "Questionnaire"):
        raise NotReadable([refused])
    return questionnaire_from(written)


def questionnaire_from(written: Mapping[str, Any]) -> Questionnaire:
    """Return the questionnaire of JSON whose type, depth and size are known to be right."""
    extensions = by_meaning(written)
    return Questionnaire(
        url=values.text(written, "url"),
        version=values.text(written, "version"),
        status=values.text(written, "status"),
        title=text_of(written, "title"),
        language=values.text(written, "language"),
        items=_items(written, "Questionnaire", ()),
        variables=variables(extensions),
        constraints=constraints(extensions),
        value_sets=contained(written),
        description=text_of(written, "description"),
        source=written,
    )


def _items(written: Mapping[str, Any], path: str, ancestors: tuple[str, ...]) -> tuple[Item, ...]:
    return tuple(
        _item(inner, f"{path}.item[{number}]", ancestors)
        for number, inner in values.numbered_objects(written, "item")
        if values.text(inner, "linkId")
    )


def _item(written: Mapping[str, Any], path: str, ancestors: tuple[str, ...]) -> Item:
    link_id = values.text(written, "linkId")
    extensions = by_meaning(written)
    codes = tuple(values.objects(written, "code"))
    written_type = values.text(written, "type")
    return Item(
        link_id=link_id,
        type=_TYPES.get(written_type, ItemType.UNKNOWN),
        path=path,
        written_type=written_type,
        ancestors=ancestors,
        text=text_of(written, "text"),
        prefix=values.text(written, "prefix"),
        codes=codes,
        required=written.get("required") is True,
        repeats=written.get("repeats") is True,
        read_only=written.get("readOnly") is True,
        hidden=values.flag(extensions, "hidden"),
        conditions=_conditions(written),
        behaviour=Behaviour.ALL if written.get("enableBehavior") == "all" else Behaviour.ANY,
        enabled_when=expression(extensions, "enableWhenExpression"),
        options=tuple(values.options(written)),
        value_set=values.text(written, "answerValueSet") or None,
        limits=limits(written, extensions),
        units=units(extensions),
        initial=tuple(found for one in values.objects(written, "initial") if (found := values.value(one))),
        calculated=_calculated(extensions),
        initial_expression=expression(extensions, "initialExpression"),
        text_expression=expression(by_meaning(written.get("_text")), "cqf-expression"),
        toggles=toggles(extensions),
        variables=variables(extensions),
        constraints=constraints(extensions),
        score=_score(codes),
        controls=codes_of_controls(extensions),
        help=_help(written),
        **_texts_of_helsenorge(extensions),
        entry_format=values.extension_text(extensions, "entryFormat"),
        items=_items(written, path, (*ancestors, link_id)),
        extensions={name: tuple(found) for name, found in extensions.items()},
        source=written,
    )


def _calculated(extensions: values.Extensions) -> Expression | None:
    ours = expression(extensions, "calculatedExpression")
    return ours or expression(extensions, "helsenorge:calculatedexpression", of_resource=True)


def _conditions(written: Mapping[str, Any]) -> tuple[Condition, ...]:
    return tuple(
        Condition(
            question=values.text(one, "question"),
            operator=_OPERATORS.get(values.text(one, "operator")),
            answer=values.value(one, "answer"),
        )
        for one in values.objects(written, "enableWhen")
    )


def _score(codes: tuple[Mapping[str, Any], ...]) -> Score | None:
    for code in codes:
        system, name = code.get("system"), values.text(code, "code")
        if isinstance(system, str) and SCORING_SYSTEM.fullmatch(system) and name in _SCORES:
            return _SCORES[name]
    return None


def _texts_of_helsenorge(extensions: values.Extensions) -> dict[str, Any]:
    named = {"sublabel": "sublabel", "validation_text": "validationtext", "repeats_text": "repeatstext"}
    return {key: text_of_extension(extensions, f"helsenorge:{name}") for key, name in named.items()}


def _help(written: Mapping[str, Any]) -> Any:
    """Helsenorge and SDC both write help as a text inside the question, with a control that says so."""
    for inner in values.objects(written, "item"):
        if "help" in codes_of_controls(by_meaning(inner)):
            return text_of(inner, "text")
    return text_of({}, "text")
