"""Names of laws, as those who are no lawyers know them."""

import re

# As Lovdata abbreviates them; each with its short title.
_TITLES = {
    "aml": "arbeidsmiljøloven",
    "ftrl": "folketrygdloven",
    "fvl": "forvaltningsloven",
    "hol": "helse- og omsorgstjenesteloven",
    "hpl": "helsepersonelloven",
    "pbrl": "pasient- og brukerrettighetsloven",
    "sotjl": "sosialtjenesteloven",
    "sphlsl": "spesialisthelsetjenesteloven",
}
_SHORT = re.compile(rf"\b({'|'.join(_TITLES)})\b")


def in_full(reference: str) -> str:
    """Return a reference to the law with the laws' titles instead of their abbreviations."""
    return _SHORT.sub(lambda found: _TITLES[found[1]], reference)
