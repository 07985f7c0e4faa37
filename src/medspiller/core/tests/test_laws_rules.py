"""Laws are named as people know them."""

import pytest

from medspiller.rights.domain.laws import in_full


@pytest.mark.parametrize(
    ("reference", "told"),
    [
        ("ftrl §§ 9-3, 9-5", "folketrygdloven §§ 9-3, 9-5"),
        ("hol § 3-6, pbrl § 2-8", "helse- og omsorgstjenesteloven § 3-6, pasient- og brukerrettighetsloven § 2-8"),
        ("forskrift 25. juni 2015 nr. 793", "forskrift 25. juni 2015 nr. 793"),
    ],
)
def test_abbreviations_are_written_out(reference, told):
    assert in_full(reference) == told
