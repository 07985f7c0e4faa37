"""Text as it was meant: without footnote marks, links, soft hyphens and odd spaces."""

import html
import re
from difflib import SequenceMatcher
from functools import lru_cache

SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_DIGITS = str.maketrans(SUPERSCRIPTS, "0123456789")
_RAISED = str.maketrans("0123456789", SUPERSCRIPTS)
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"), None)
_SPACES = re.compile(r"\s+")
_LINK = re.compile(r"!?\[((?:[^\[\]\\]|\\.)*)\]\((?:[^()\\]|\\.|\([^()]*\))*\)")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"</?(?:b|i|u|em|strong|sup|sub|span|p)\b[^<>]*>", re.IGNORECASE)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|~<>&])")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*_])([*_])(?=[^\s*_])([^*_]+?)(?<=[^\s*_])\1(?![\w*_])")
# A raised 2 or 3 after a measure is no mark: m², km².
_MARKS = re.compile(rf" ?(?<!\bm)(?<!\bkm)(?<!\bcm)(?<!\bdm)([{SUPERSCRIPTS}]+(?:\s?,\s?[{SUPERSCRIPTS}]+)*)")
_REFERENCE = re.compile(r" ?\[\^?(\d{1,3})\]")
_PLAIN_MARK = re.compile(r"(?<=[a-zæøå.»”\"])(\d{1,2})(?![\w,.]{0,60}\d)(?!\w)")
_STAR = re.compile(r"(?<=\S)(\*{1,3})(?=[\s.,;:)]|$)")
_FOOTNOTE = re.compile(rf"\s*(?:([{SUPERSCRIPTS}]+)\s*|\[\^?(\d{{1,3}})\]:?\s+|(\*{{1,3}})\)?\s+(?=[A-ZÆØÅ]))(\S.*)")
_PLAIN_FOOTNOTE = re.compile(r"(\d{1,3})(?:\s{2,}|\s*\t\s*)(?=\S*[^\W\d])(.{8,})")
_PAGE = re.compile(r"(?:side|s\.|page)?\s*[-–—]?\s*\d{1,3}\s*(?:(?:av|of|/)\s*\d{1,3})?\s*[-–—]?", re.IGNORECASE)
_BULLET = re.compile(r"\s*(?:[•●○◦▪▫■□‣⁃·∙►➢➤✓✔\uf0b7\uf0a7\uf0d8-]|[–—*+](?=\s)|o(?=\t| {2,})|-(?=\S{0}\s))\s*")
_NUMBERED = re.compile(r"\s*(?:\d{1,2}[.)]|[a-zæøå]\)|\(\d{1,2}\))\s+(?=\S)")
_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=4096)
def clean(text: str) -> str:
    """
    Return a text for people: links as their words, marks out, one space between words.

    >>> clean("Forhåndssamtaler ²⁴ utprøves i [tjenesten](#)")
    'Forhåndssamtaler utprøves i tjenesten'
    """
    return _SPACES.sub(" ", _MARKS.sub("", _SPACES.sub(" ", plain(text)))).strip()


def clean_lines(text: str) -> str:
    """
    Return a text for people, its lines kept apart.

    >>> clean_lines("Kurs  for foreldre\\n\\nI [skolen](#) ")
    'Kurs for foreldre\\n\\nI skolen'
    """
    return "\n".join(map(clean, broken(text).splitlines())).strip()


def plain(text: str) -> str:
    """Return a text without its markup and soft hyphens; marks and line breaks are left."""
    text = text.translate(_INVISIBLE)
    if "&" in text:
        text = html.unescape(text)
    if "<" in text:
        text = _TAG.sub("", _BREAK.sub("\n", text))
    if "[" in text:
        text = _REFERENCE.sub("", _LINK.sub(r"\1", text))
    if "*" in text or "_" in text:
        text = _EMPHASIS.sub(r"\2", _STRONG.sub(r"\2", text))
    return _ESCAPE.sub(r"\1", text) if "\\" in text else text


def broken(text: str) -> str:
    """Return a text with line breaks where its markup has them."""
    return _BREAK.sub("\n", text) if "<" in text else text


def marks(text: str) -> list[str]:
    """Return the numbers of the footnotes that a text points to."""
    found = [mark.strip() for match in _MARKS.finditer(text) for mark in match[1].translate(_DIGITS).split(",")]
    return found + [match[1] for match in _REFERENCE.finditer(text)]


def plain_mark(text: str, known: frozenset[str]) -> tuple[str, list[str]]:
    """Return a text without the marks that only their footnotes tell to be marks (`bruker1`, `tiltak*`), and these."""
    found: list[str] = []

    def take(match: re.Match[str]) -> str:
        if match[1] not in known:
            return match[0]
        found.append(match[1])
        return ""

    for pattern in (_PLAIN_MARK, _STAR):
        text = pattern.sub(take, text)
    return text, found


def raised(number: str) -> str:
    """Return a number as a footnote mark."""
    return number.translate(_RAISED)


def footnote(text: str) -> tuple[str, str] | None:
    """Return the number and the text of a footnote, if a line is one."""
    found = _FOOTNOTE.fullmatch(text.strip()) if text.strip()[:1] in SUPERSCRIPTS + "[*" and text.strip() else None
    if not found:
        return None
    number = (found[1] or "").translate(_DIGITS) or found[2] or found[3]
    return number, clean(found[4])


def stars(text: str) -> list[str]:
    """Return the stars that stand attached to words, as marks of footnotes."""
    return _STAR.findall(_STRONG.sub(r"\2", text)) if "*" in text else []


def plain_footnote(text: str) -> tuple[str, str] | None:
    """Return number and text of what is a footnote if something points to it: `1   Med pasient menes …`."""
    found = _PLAIN_FOOTNOTE.fullmatch(text.strip())
    return (found[1], clean(found[2])) if found else None


def is_page_number(text: str) -> bool:
    """Whether a line holds a page number and nothing else, or only a line drawn between parts."""
    stripped = text.strip()
    return bool(stripped) and (
        _PAGE.fullmatch(stripped) is not None or not any(letter.isalnum() for letter in stripped)
    )


def without_bullet(text: str) -> str | None:
    """Return what follows a bullet; None if the line has none."""
    found = _BULLET.match(text)
    if found and found.end() < len(text) and (found[0] != "-" or text.lstrip()[1:2].isspace()):
        return text[found.end() :]
    return None


def without_number(text: str) -> str | None:
    """Return what follows the number of a numbered item; None if the line has none."""
    found = _NUMBERED.match(text)
    return text[found.end() :] if found else None


def fold(text: str) -> str:
    """
    Return a text as it is compared: small letters and digits only.

    >>> fold("Pårørende-samarbeid  og involvering!")
    'pårørende samarbeid og involvering'
    """
    return " ".join(_WORD.findall(text.casefold()))


def squeeze(text: str) -> str:
    """Return a folded text without its spaces, so that a word parted at the end of a line is the same."""
    return "".join(_WORD.findall(text.casefold()))


def likeness(one: str, other: str) -> float:
    """Return from 0 to 1 how alike two folded texts are."""
    if one == other:
        return 1.0
    compared = SequenceMatcher(None, one, other, autojunk=False)
    return compared.ratio() if compared.real_quick_ratio() > 0.6 and compared.quick_ratio() > 0.6 else 0.0


def shortened(text: str, most: int = 60) -> str:
    """Return the beginning of a text, for telling which is meant."""
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0].rstrip(",;: ") + " …"
