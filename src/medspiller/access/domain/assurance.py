"""
How surely a provider knows who somebody is.

ID-porten's levels are ordered; those of other providers are names that count or do not.
"""

from collections.abc import Collection, Sequence

SUBSTANTIAL = "idporten-loa-substantial"
HIGH = "idporten-loa-high"

# Lowest first. What ID-porten called Level3 and Level4 before is not sent any more, and does not count.
_IDPORTEN_LEVELS = ("idporten-loa-low", SUBSTANTIAL, HIGH)


def acr_suffices(acr: str, *, wanted: Collection[str]) -> bool:
    """
    Say whether a level reaches the lowest of those wanted.

    Wanting none lets every level pass. A provider that says no level is taken to mean the
    lowest, so it reaches none (ASVS 6.8.4).
    """
    if not wanted:
        return True
    if acr in wanted:
        return True
    if acr not in _IDPORTEN_LEVELS:
        return False
    ranks = [_IDPORTEN_LEVELS.index(level) for level in wanted if level in _IDPORTEN_LEVELS]
    return bool(ranks) and _IDPORTEN_LEVELS.index(acr) >= min(ranks)


def amr_suffices(amr: Sequence[str], *, wanted: Collection[str]) -> bool:
    """Say whether one of the wanted methods was used. Wanting none lets every method pass."""
    return not wanted or bool(set(amr) & set(wanted))


def is_enough_for_citizens(levels: Collection[str]) -> bool:
    """Say whether asking for `levels` lets only those in whom ID-porten knows at level substantial or higher."""
    return bool(levels) and set(levels) <= {SUBSTANTIAL, HIGH}
