"""What the engine announces: ids and codes, nothing of anybody."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class StepDone:
    """
    A step of a run was done, by hand or by what was told; `result` is empty where it has none.

    What is done by an event that was told beforehand is not announced on its day: the nightly look returns it.
    """

    run_id: UUID
    step: str
    occurrence: int
    result: str
    on: date


@dataclass(frozen=True, slots=True)
class RunChanged:
    """
    Something happened to a run. `opened` and `gone` are its open steps that came and went.

    `version` is the run's afterwards: whoever has seen a later one need not look again.
    """

    run_id: UUID
    version: int
    opened: tuple[UUID, ...] = ()
    gone: tuple[UUID, ...] = ()
