"""
The content kind `questionnaires`: FHIR R4 Questionnaires, as they are asked.

`check` holds for every questionnaire that is published, a municipality's own among them. That
each text is there in every language is asked of packages, by what their `languages` promise.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from medspiller.content.domain.definitions import Definition
from medspiller.content.domain.kinds import CaseFile, Reference
from medspiller.content.domain.loading import Library
from medspiller.content.domain.problems import Problem, Severity
from medspiller.questionnaires.domain.answering import expressions
from medspiller.questionnaires.domain.checks import checking
from medspiller.questionnaires.domain.definition.audience import faults_of_audience
from medspiller.questionnaires.domain.definition.definitions import Questionnaire
from medspiller.questionnaires.domain.definition.outcomes import Issue
from medspiller.questionnaires.domain.definition.outcomes import Severity as Of
from medspiller.questionnaires.domain.definition.reading import read
from medspiller.questionnaires.domain.library.content_cases import failures
from medspiller.questionnaires.domain.library.content_texts import shown_texts

# More than anybody answers; a page with more would take longer to show than people wait.
MOST_ITEMS = 2000

# Licences whose terms somebody here has read, as SPDX writes them.
LICENCES = frozenset({
    "CC-BY-4.0", "CC-BY-NC-SA-3.0-IGO", "CC-BY-NC-SA-4.0", "CC-BY-SA-4.0", "CC0-1.0", "EUPL-1.2", "NLOD-2.0"
})  # fmt: skip
NON_COMMERCIAL = frozenset(licence for licence in LICENCES if "-NC" in licence)


class Questionnaires:
    """The kind `questionnaires`."""

    name = "questionnaires"
    folder = "questionnaires"
    suffixes = frozenset({".json"})

    def check(self, definition: Definition) -> Iterator[Problem]:
        """Yield what the checker finds, and what is wrong with subject and tags."""
        written = written_in(definition)
        if (count := count_of_items(written)) > MOST_ITEMS:
            yield Problem(definition.file, "item", f"It has {count} items; at most {MOST_ITEMS} can be asked")
            return
        for issue in checking.check(written, expressions.compile):
            if issue.severity is not Of.INFORMATION:
                yield _problem(definition, issue)
        if isinstance(written, dict):
            for element, message in faults_of_audience(written):
                yield Problem(definition.file, element, message)

    def references(self, definition: Definition) -> Iterable[Reference]:
        return ()

    def check_among(self, definition: Definition, library: Library) -> Iterator[Problem]:
        """Yield texts that lack a language which the package promises, and a licence that nobody knows."""
        package = library.packages[definition.package]
        if package.licence not in LICENCES:
            message = f"the licence of the package, {package.licence}, is none of {', '.join(sorted(LICENCES))}"
            yield Problem(definition.file, "", message)
        questionnaire = read(written_in(definition))
        if questionnaire.language not in package.languages:
            message = f"must be one of the package's: {', '.join(package.languages)}"
            yield Problem(definition.file, "language", message)
        if not questionnaire.title:
            yield Problem(definition.file, "title", "is missing")
        for shown in shown_texts(questionnaire):
            others = (language for language in package.languages if language != questionnaire.language)
            if missing := [language for language in others if shown.missing_in(language)]:
                yield Problem(definition.file, shown.element, f"is not there in {', '.join(missing)}")

    def run_cases(self, definition: Definition, cases: CaseFile, library: Library) -> Iterator[Problem]:
        """Yield the cases that do not hold."""
        questionnaire = read(written_in(definition))
        for number, case in enumerate(cases.cases):
            for element, message in failures(questionnaire, case):
                yield Problem(cases.file, f"[{number}]{'.' if element else ''}{element}", message)


def written_in(definition: Definition) -> Any:
    """Return the JSON of a questionnaire as the engine reads it: its own lists and objects, not the frozen body."""
    return json.loads(definition.text)


def questionnaire_in(definition: Definition) -> Questionnaire:
    """Return the questionnaire of a definition of this kind that passed its check."""
    return read(written_in(definition))


def _problem(definition: Definition, issue: Issue) -> Problem:
    place = issue.expressions[0] if issue.expressions else ""
    element = f"{issue.link_id} ({place})" if issue.link_id else place
    return Problem(definition.file, element, issue.text, Severity.ERROR if issue.is_error else Severity.WARNING)


def count_of_items(written: Any) -> int:
    """Count without recursion, since nothing is known of the depth yet."""
    count, waiting = 0, [written]
    while waiting:
        inner = waiting.pop()
        found = inner.get("item") if isinstance(inner, dict) else None
        if isinstance(found, list):
            count += len(found)
            waiting += found
    return count


QUESTIONNAIRES = Questionnaires()
