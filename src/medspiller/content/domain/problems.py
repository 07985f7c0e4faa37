"""What is wrong with content, said so that whoever wrote it finds the place."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from medspiller.core.errors import MedspillerError


class Severity(StrEnum):
    """An error keeps content from being published; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """
    One thing that is wrong.

    `file` is the path below the folder of packages. `element` is the place inside it,
    like `counties[3].names.nb` or `line 12`; empty where it is the file as a whole.
    """

    file: str
    element: str
    message: str
    severity: Severity = Severity.ERROR

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR

    def __str__(self) -> str:
        place = f"{self.file}: {self.element}" if self.element else self.file
        return f"{place}: {self.message}"


class ContentProblem(MedspillerError):
    """Content was refused. `problems` is everything that was found wrong, not only the first."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = tuple(problems)
        super().__init__("; ".join(str(problem) for problem in self.problems))


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Return those that keep content from being published."""
    return [problem for problem in problems if problem.is_error]
