"""What becomes of a measure's own years when its plan is rolled over."""


def years_on(own: tuple[int | None, int | None], new: tuple[int, int]) -> tuple[int | None, int | None]:
    """
    Return the own years of a measure in the next plan: what lies within that plan stays, and None is the plan's.

    What should have been done before the plan begins has no years of its own any more.

    >>> years_on((2022, 2026), (2025, 2029)), years_on((2021, 2023), (2025, 2029)), years_on((None, None), (2025, 2029))
    ((2025, 2026), (None, None), (None, None))
    """
    first, last = own
    if (last is not None and last < new[0]) or (first is not None and first > new[1]):
        return None, None
    kept_first = max(first, new[0]) if first is not None else None
    kept_last = min(last, new[1]) if last is not None else None
    return kept_first, kept_last
