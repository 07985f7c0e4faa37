"""Markup in labels is made anew of a few harmless elements."""

import re

import pytest

from medspiller.questionnaires.domain.filling.taming import LONGEST, tame_markdown, tame_xhtml, text_of_markup

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    '<a href="javascript:alert(1)">les mer</a>',
    '<a href="https://x.example/" onclick="alert(1)">les mer</a>',
    '<a href="data:text/html,<script>alert(1)</script>">les mer</a>',
    "<p style='position:fixed'>hei</p>",
    "<iframe src=//x.example></iframe>",
    "<scr<script>ipt>alert(1)</script>",
    '"><script>alert(1)</script>',
    "<!-- --><script>alert(1)</script>",
    "<b onmouseover=alert(1)>hei</b>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<style>body{display:none}</style>",
    "<form action=//x.example><input name=a></form>",
    "<a href='https://x.example/\"onclick=alert(1)//'>les mer</a>",
]
_ALLOWED = re.compile(
    r"</?(?:p|ul|ol|li|strong|em|sub|sup|code|br)>|</a>"
    r'|<a href="(?:https?://|mailto:|tel:)[^"<>]*" rel="noopener noreferrer">'
)


@pytest.mark.parametrize("tame", [tame_xhtml, tame_markdown])
@pytest.mark.parametrize("inline", [True, False])
@pytest.mark.parametrize("written", HOSTILE)
def test_nothing_is_left_but_the_elements_that_are_allowed(tame, inline, written):
    assert "<" not in _ALLOWED.sub("", tame(written, inline=inline))


def test_keeps_what_a_form_needs():
    written = "<div><p>Hei <b>du</b></p><ul><li>en</li><li>to</li></ul></div>"

    assert tame_xhtml(written) == "<p>Hei <strong>du</strong></p><ul><li>en</li><li>to</li></ul>"


def test_a_label_holds_words_only():
    assert tame_xhtml("<p>Først</p><p>så</p><ul><li>en</li></ul>", inline=True) == "Først<br>så<br>– en"


def test_keeps_links_to_the_web():
    tamed = tame_xhtml('<a href="https://helsenorge.no/?a=1&amp;b=2">mer</a>', inline=True)

    assert tamed == '<a href="https://helsenorge.no/?a=1&amp;b=2" rel="noopener noreferrer">mer</a>'


def test_reads_markdown():
    tamed = tame_markdown("## Om deg\n\nSvar *kort*.\n\n- en\n- to")

    assert tamed == "<p><strong>Om deg</strong></p><p>Svar <em>kort</em>.</p><ul><li>en</li><li>to</li></ul>"


def test_what_is_left_open_is_closed():
    assert tame_xhtml("<p>a <b>b <i>c") == "<p>a <strong>b <em>c</em></strong></p>"


def test_markup_that_is_too_long_gives_nothing():
    assert tame_xhtml("a" * (LONGEST + 1)) == ""


def test_words_can_be_taken_out_again():
    assert text_of_markup(tame_xhtml("<p>a &lt; b</p><p>c</p>")) == "a < b c"


@pytest.mark.parametrize("piece", ["<!--", "<", "<a href=", "<b>", "<p>", "<ul><li>", "**", "[a](", "_", "[", "`"])
def test_reads_hostile_repetition_to_the_end(piece):
    written = piece * (LONGEST // len(piece))

    # Output grows with input: nothing is copied over and over.
    assert len(tame_xhtml(written)) < 6 * LONGEST
    assert len(tame_markdown(written)) < 6 * LONGEST
