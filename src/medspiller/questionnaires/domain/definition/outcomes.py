"""What was found, as a FHIR OperationOutcome: each problem with the place it is about."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

# A form with more problems than this is told about these; the rest come when they are mended.
MOST_ISSUES = 1000


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"


class Code(StrEnum):
    """FHIR's issue types, those that are used here."""

    STRUCTURE = "structure"
    REQUIRED = "required"
    VALUE = "value"
    INVARIANT = "invariant"
    INVALID = "invalid"
    BUSINESS_RULE = "business-rule"
    CODE_INVALID = "code-invalid"
    NOT_FOUND = "not-found"
    NOT_SUPPORTED = "not-supported"
    DUPLICATE = "duplicate"
    TOO_LONG = "too-long"
    TOO_COSTLY = "too-costly"
    SECURITY = "security"
    INCOMPLETE = "incomplete"
    INFORMATIONAL = "informational"


@dataclass(frozen=True, slots=True)
class Issue:
    """
    One problem.

    `expressions` are FHIRPaths of what it is about, the closest first; `link_id` is the item of
    the questionnaire, where there is one; `text` is for people who make forms.
    """

    severity: Severity
    code: Code
    expressions: tuple[str, ...]
    text: str
    link_id: str | None = None

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR


def error(code: Code, where: str | Sequence[str], text: str, *, link_id: str | None = None) -> Issue:
    """Make an issue that makes the whole invalid."""
    return Issue(Severity.ERROR, code, _places(where), text, link_id)


def warning(code: Code, where: str | Sequence[str], text: str, *, link_id: str | None = None) -> Issue:
    """Make an issue that somebody should look at, and nothing is refused for."""
    return Issue(Severity.WARNING, code, _places(where), text, link_id)


def information(where: str | Sequence[str], text: str, *, link_id: str | None = None) -> Issue:
    """Make an issue that only tells."""
    return Issue(Severity.INFORMATION, Code.INFORMATIONAL, _places(where), text, link_id)


def has_errors(issues: Iterable[Issue]) -> bool:
    """Say whether one of the issues is an error."""
    return any(issue.is_error for issue in issues)


def operation_outcome(issues: Sequence[Issue]) -> dict[str, Any]:
    """
    Return the issues as an OperationOutcome, errors first, each kind in the order it was found.

    An outcome without an issue is no valid FHIR, so where nothing was found it says that.
    """
    order = list(Severity)
    ranked = sorted(issues, key=lambda issue: order.index(issue.severity))
    told = [_as_json(issue) for issue in ranked[:MOST_ISSUES]]
    if len(ranked) > MOST_ISSUES:
        told.append(_as_json(information((), f"{len(ranked) - MOST_ISSUES} further problems are not listed")))
    return {"resourceType": "OperationOutcome", "issue": told or [_as_json(information((), "No problem was found"))]}


def _as_json(issue: Issue) -> dict[str, Any]:
    told: dict[str, Any] = {
        "severity": issue.severity.value,
        "code": issue.code.value,
        "details": {"text": issue.text},
        "diagnostics": f"{issue.link_id}: {issue.text}" if issue.link_id else issue.text,
    }
    if issue.expressions:
        told["expression"] = list(issue.expressions)
    return told


def _places(where: str | Sequence[str]) -> tuple[str, ...]:
    return (where,) if isinstance(where, str) else tuple(where)
