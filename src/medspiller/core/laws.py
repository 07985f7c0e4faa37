"""Names of laws, as those who are no lawyers know them."""

import re
from collections.abc import Iterable

# As Lovdata abbreviates them; each with its short title.
_TITLES = {
    "aml": "arbeidsmiljøloven",
    "bvl": "barnevernsloven",
    "ftrl": "folketrygdloven",
    "fvl": "forvaltningsloven",
    "hol": "helse- og omsorgstjenesteloven",
    "hpl": "helsepersonelloven",
    "pbrl": "pasient- og brukerrettighetsloven",
    "phvl": "psykisk helsevernloven",
    "sotjl": "sosialtjenesteloven",
    "sphlsl": "spesialisthelsetjenesteloven",
    "strl": "straffeloven",
    "vgml": "vergemålsloven",
}
# Only before a place in it: "hol" is a word of nynorsk, too.
_SHORT = re.compile(rf"\b({'|'.join(_TITLES)})(?= (?:§|kap))")


def in_full(reference: str) -> str:
    """Return a reference to the law with the laws' titles instead of their abbreviations."""
    return _SHORT.sub(lambda found: _TITLES[found[1]], reference)


def together(references: Iterable[str]) -> str:
    """
    Return references as one line with the laws' titles, each once where several in a row are of the same law.

    >>> together(["hpl § 22", "pbrl § 4-4", "pbrl § 4-3 (1) c"])
    'helsepersonelloven § 22, pasient- og brukerrettighetsloven § 4-4, § 4-3 (1) c'
    """
    line: list[str] = []
    before = ""
    for reference in map(in_full, references):
        title, mark, rest = reference.partition(" §")
        line.append(f"§{rest}" if mark and title == before else reference)
        # Whatever comes after a reference to two laws is of neither.
        before = title if mark and "lov" not in rest else ""
    return ", ".join(line)
