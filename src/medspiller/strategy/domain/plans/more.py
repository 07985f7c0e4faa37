"""What else a plan says of a measure: money, partners, goals that it serves, figures, and what it is linked to."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from medspiller.strategy.domain.vocabulary import LinkKind, Service


@dataclass(frozen=True, slots=True)
class ReadLink:
    """
    What a measure carries out, or is carried out by.

    `ref` is a line of the guideline, a short name, an address or a code; of a measure of a national strategy the
    strategy's short name with the measure's number, such as `vi-de-parorende 2.5`. `label` is what it is called.
    """

    kind: LinkKind
    ref: str
    label: str = ""

    @property
    def words(self) -> str:
        """How a person is told of it."""
        return f"{self.label} ({self.ref})" if self.label else self.ref

    @classmethod
    def to_national(cls, ref: str, label: str) -> Self:
        """Return a link to a measure of a national strategy."""
        return cls(LinkKind.NATIONAL, ref, label)


@dataclass(frozen=True, slots=True)
class ReadIndicator:
    """A figure that is followed; `indicator` is the code of one that is computed, `target` a number as text."""

    name: str
    unit_of_value: str = ""
    definition: str = ""
    target: str = ""
    indicator: str = ""


@dataclass(frozen=True, slots=True)
class ReadMore:
    """
    All of it for one measure; what is empty nobody has said.

    `budget` is in whole kroner. `serves` names goals by the places of their area and of the goal in it: `2.1`. `said`
    are those of the measure's notes that say nothing but what stands here. `parts` are the measures that its one cell
    may hold, where it may hold several.
    """

    budget: int | None = None
    funding: str = ""
    partners: str = ""
    deliverables: str = ""
    services: tuple[Service, ...] = ()
    learnt: str = ""
    serves: tuple[str, ...] = ()
    links: tuple[ReadLink, ...] = ()
    indicators: tuple[ReadIndicator, ...] = ()
    said: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return what has been said of it, as the command answers."""
        found: dict[str, Any] = {
            "funding": self.funding,
            "partners": self.partners,
            "deliverables": self.deliverables,
            "services": [each.value for each in self.services],
            "learnt": self.learnt,
            "serves": list(self.serves),
            "links": [_filled(asdict(each)) for each in self.links],
            "indicators": [_filled(asdict(each)) for each in self.indicators],
        }
        budget = {} if self.budget is None else {"budget": self.budget}
        return budget | _filled(found)

    def as_record(self) -> dict[str, Any]:
        """Return all of it, as JSON that `from_record` reads back."""
        return self.as_json() | _filled({"said": list(self.said), "parts": list(self.parts)})

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:
        """Return what `as_record` wrote, among whatever else."""
        return cls(
            budget=record.get("budget"),
            funding=record.get("funding", ""),
            partners=record.get("partners", ""),
            deliverables=record.get("deliverables", ""),
            services=tuple(map(Service, record.get("services", ()))),
            learnt=record.get("learnt", ""),
            serves=tuple(record.get("serves", ())),
            links=tuple(ReadLink(**{**each, "kind": LinkKind(each["kind"])}) for each in record.get("links", ())),
            indicators=tuple(ReadIndicator(**each) for each in record.get("indicators", ())),
            said=tuple(record.get("said", ())),
            parts=tuple(record.get("parts", ())),
        )


NOTHING_MORE = ReadMore()


@dataclass(slots=True)
class DraftMore:
    """What has been found of it so far. `goals` are the words of goals, `goal_numbers` numbers that name some."""

    budget: int | None = None
    funding: str = ""
    partners: str = ""
    deliverables: str = ""
    learnt: str = ""
    services: list[Service] = field(default_factory=list)
    goals: list[str] = field(default_factory=list)
    goal_numbers: list[str] = field(default_factory=list)
    links: list[ReadLink] = field(default_factory=list)
    indicators: list[ReadIndicator] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)

    def add(self, other: "DraftMore") -> None:
        """Take what a row that goes on with this one says."""
        self.budget = other.budget if self.budget is None else self.budget
        for name in ("funding", "partners", "deliverables", "learnt"):
            setattr(self, name, "\n".join(filter(None, (getattr(self, name), getattr(other, name)))))
        for name in ("services", "goals", "goal_numbers", "links", "indicators", "said"):
            mine = getattr(self, name)
            mine += [each for each in getattr(other, name) if each not in mine]


def _filled(found: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in found.items() if value}
