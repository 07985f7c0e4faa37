"""
How hard our own texts are to read, by LIX: words in a sentence, and words of more than six letters in a hundred.

Below 30 is as in books for children, below 40 as in stories, above 50 as in papers of the state. The names of laws and
offices that a page has to give count too: that is what the limits leave room for.
"""

import re
from html import unescape

import pytest

from medspiller.catalogue.tests.every_offer import OF_DEMO, SHIPPED, definitions

CHILDRENS, EVERYBODYS = 30, 40
LONG = 7
# With fewer words than these a single name decides.
FEWEST_WORDS = 25
YOUNG = ["/ung/", "/ung/8-12/", "/ung/13-15/", "/ung/16-18/"]
PAGES = [
    "/", "/?lettlest=ja", "/tilbud/", "/tilbud/velg/", "/rettigheter/", "/snakk-med-noen/",
    "/snakk-med-noen/?lettlest=ja", "/hjelp-na/", "/kontakt/", "/kontakt/?lettlest=ja", "/kontakt/ring-meg/",
    "/personvern/", "/personvern/?lettlest=ja", "/personvern/tilbakemelding/", "/tilgjengelighet/",
    "/tilgjengelighet/tilbakemelding/", "/uten-nett/", "/uten-nett/?lettlest=ja",
]  # fmt: skip
# Blocks end a sentence, full stop or not.
_BLOCK = re.compile(r"</?(?:p|li|h\d|div|dt|dd|a|label|legend|summary|button|option|span|br)\b[^>]*>", re.IGNORECASE)
_UNREAD = re.compile(r"<(script|style|svg|nav|select)\b.*?</\1>", re.IGNORECASE | re.DOTALL)


def lix(text: str) -> float:
    """Return the reading level of a text whose sentences end with . ! ? : or a line break."""
    sentences = [words for part in re.split(r"[.!?:\n]+", text) if (words := re.findall(r"[^\W\d_]+", part))]
    words = [word for sentence in sentences for word in sentence]
    return len(words) / len(sentences) + 100 * sum(len(word) >= LONG for word in words) / len(words)


def words_of(page) -> str:
    """What a page says, a block on each line."""
    main = page.content.decode().partition("<main")[2].partition(">")[2].partition("</main>")[0]
    spoken = re.sub(r"\s+", " ", _UNREAD.sub(" ", main))
    return unescape(re.sub(r"<[^>]+>", "", _BLOCK.sub("\n", spoken)))


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize(
    ("path", "most"), [*((path, CHILDRENS) for path in YOUNG), *((path, EVERYBODYS) for path in PAGES)]
)
def test_our_pages_are_easy_to_read(client, here, path, most, language):
    page = client.get(path, {"lang": language} | ({"lettlest": "ja"} if "lettlest" in path else {}))

    assert lix(words_of(page)) < most


@pytest.mark.parametrize("language", ["nb", "nn"])
@pytest.mark.parametrize("package", [SHIPPED, OF_DEMO], ids=["national", "demo"])
def test_what_is_said_of_offers_is_easy_to_read(package, language):
    hard = {}
    for one in definitions(package):
        if one.kind != "offers":
            continue
        said = "\n".join(one.body[part][language] for part in ("title", "summary", "text", "how"))
        most = CHILDRENS if one.body["kind"] == "children" else EVERYBODYS
        if len(said.split()) >= FEWEST_WORDS and lix(said) >= most:
            hard[one.body["slug"]] = round(lix(said))

    assert hard == {}


class TestTheMeasure:
    def test_is_low_for_short_words_and_sentences(self):
        assert lix("Du kan ringe. Det er lov. Jeg er her.") < 10

    def test_is_high_for_what_an_office_writes(self):
        assert lix("Pårørendeprogrammets implementeringsstrategi forutsetter tverrsektoriell samhandling.") > 60
