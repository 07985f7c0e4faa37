"""What a password may not consist of. There are no rules about which characters it must have (ASVS 5.0 V6.2.5)."""

SHORTEST = 12
LONGEST = 200

# Words that anybody would try first here (ASVS 5.0 V6.2.11).
_OUR_WORDS = ("medspiller", "pårørende", "parorende", "paarorende", "kommune", "helse", "omsorg", "passord")
_LEFT_AT_LEAST = 8


def mostly_our_words(password: str) -> bool:
    """
    Say whether little is left of a password when the words of this place are taken out of it.

    >>> mostly_our_words("Medspiller2026!")
    True
    """
    left = password.lower()
    for word in _OUR_WORDS:
        left = left.replace(word, "")
    return left != password.lower() and len(left) < _LEFT_AT_LEAST
