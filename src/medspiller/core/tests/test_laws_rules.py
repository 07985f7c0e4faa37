"""Laws are named as people know them."""

import pytest

from medspiller.core.laws import in_full, together


@pytest.mark.parametrize(
    ("reference", "told"),
    [
        ("ftrl §§ 9-3, 9-5", "folketrygdloven §§ 9-3, 9-5"),
        ("hol § 3-6, pbrl § 2-8", "helse- og omsorgstjenesteloven § 3-6, pasient- og brukerrettighetsloven § 2-8"),
        ("pbrl kapittel 8", "pasient- og brukerrettighetsloven kapittel 8"),
        ("hpl kap. 5", "helsepersonelloven kap. 5"),
        ("forskrift 25. juni 2015 nr. 793", "forskrift 25. juni 2015 nr. 793"),
        ("Eit hol i planen", "Eit hol i planen"),
    ],
)
def test_abbreviations_are_written_out(reference, told):
    assert in_full(reference) == told


@pytest.mark.parametrize(
    ("references", "told"),
    [
        ([], ""),
        (["hpl § 10 a"], "helsepersonelloven § 10 a"),
        (["hpl § 28 (1) f", "hpl § 29"], "helsepersonelloven § 28 (1) f, § 29"),
        (
            ["hpl § 22", "pbrl §§ 3-1, 3-3", "pbrl § 4-4", "hpl § 23"],
            "helsepersonelloven § 22, pasient- og brukerrettighetsloven §§ 3-1, 3-3, § 4-4, helsepersonelloven § 23",
        ),
        (
            ["hpl § 22, bvl § 13-4", "hpl § 23"],
            "helsepersonelloven § 22, barnevernsloven § 13-4, helsepersonelloven § 23",
        ),
        (
            ["pbrl kapittel 8", "pbrl § 7-5"],
            "pasient- og brukerrettighetsloven kapittel 8, pasient- og brukerrettighetsloven § 7-5",
        ),
    ],
)
def test_a_law_is_named_once_for_what_stands_together(references, told):
    assert together(references) == told
