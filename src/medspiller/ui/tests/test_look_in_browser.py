"""How components stand on a screen, in a real browser: where each thing is, not only that it is there."""

from pathlib import Path

import pytest

from medspiller.ui.tests.pages import render
from tests.support.browser import sideways_scroll

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[4]
STYLES = (
    ROOT / "node_modules/@digdir/designsystemet-css/dist/src/index.css",
    ROOT / "node_modules/@digdir/designsystemet-theme/brand/digdir.css",
    ROOT / "src/medspiller/ui/static/ui/theme.css",
    ROOT / "src/medspiller/ui/static/ui/medspiller.css",
)
PHONE, TABLET, DESKTOP = 360, 768, 1280
# Where each run of text in an element begins at the left, what is only read aloud and the header aside.
BEGINNINGS = """cell => {
  const found = [], walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT), range = document.createRange();
  while (walker.nextNode()) {
    range.selectNodeContents(walker.currentNode);
    found.push(...[...range.getClientRects()].filter(each => each.width > 1).map(each => each.left));
  }
  return found;
}"""


@pytest.fixture
def shown(browser):
    """Show template source as the main part of a page at a width, with the styles that pages have."""
    styles = "".join(f"<style>{file.read_text(encoding='utf-8')}</style>" for file in STYLES)
    with browser.new_context() as context:
        page = context.new_page()

        def show(source, *, width, layout="staff", **inputs):
            page.set_viewport_size({"width": width, "height": 900})
            page.set_content(
                f'<!doctype html><html lang="nb" data-color-scheme="light"><head>{styles}</head>'
                f'<body class="m-body" data-layout="{layout}"><div class="m-desk"><main class="m-main">'
                f"{render(source, **inputs)}</main></div></body></html>"
            )
            return page

        yield show


def box(page, selector):
    return page.locator(selector).first.bounding_box()


TABLE = """{% table caption="Varsler" columns=columns %}{% row %}
{% cell "Når" header=True %}I dag{% endcell %}
{% cell "Hvordan det gikk" %}<time>23. november</time>, Torunn Demoholt<br>
  <span>Noen i enheten stoppet varselet.</span>{% tag %}Stoppet{% endtag %}{% endcell %}
{% cell "Dette kan du gjøre" %}{% button variant="tertiary" %}Avslutt for Mina Demolag og alle de andre{% endbutton %}{% endcell %}
{% endrow %}{% endtable %}"""  # noqa: E501 - a cell is one line


def test_all_of_a_value_stands_beside_its_header_on_a_phone(shown):
    page = shown(TABLE, width=PHONE, columns=["Når", "Hvordan det gikk", "Dette kan du gjøre"])

    cell = page.locator("td").first
    value_begins = cell.evaluate(
        "each => each.getBoundingClientRect().left + parseFloat(getComputedStyle(each).paddingLeft)"
    )
    assert value_begins > cell.bounding_box()["x"] + 80
    assert min(cell.evaluate(BEGINNINGS)) >= value_begins - 1
    assert sideways_scroll(page) == 0
    table = box(page, ".m-table")
    button = box(page, "td button")
    assert button["x"] + button["width"] <= table["x"] + table["width"]


def test_a_value_has_the_greater_part_of_a_phone(shown):
    page = shown(
        "{% facts wide=True %}{% fact 'Hvilken enhet' %}Hjemmetjenesten vest{% endfact %}{% endfacts %}", width=PHONE
    )

    assert box(page, "dd")["width"] > box(page, "dl")["width"] / 2


@pytest.mark.parametrize("plain", [True, False])
def test_a_list_does_not_stick_to_its_heading(shown, plain):
    source = (
        "{% section heading='Rapporter' %}{% item_list plain=plain %}<li>2025</li>{% enditem_list %}{% endsection %}"
    )
    page = shown(source, width=DESKTOP, plain=plain)

    heading, listed = box(page, "h2"), box(page, "ul")
    assert listed["y"] - (heading["y"] + heading["height"]) >= 12


def test_the_parts_of_a_form_stand_apart_whatever_is_around_them(shown):
    part = "{% section heading='For hvem' %}<p>Alle</p>{% endsection %}"
    page = shown(f"<div>{part}{part}</div>", width=DESKTOP)

    first, second = (each.bounding_box() for each in page.locator("section").all())
    assert second["y"] - (first["y"] + first["height"]) >= 24


@pytest.mark.parametrize("variant", ["primary", "secondary"])
def test_a_button_in_a_grey_card_has_the_colour_of_the_page(shown, variant):
    button = "{% button variant=variant %}Ja takk{% endbutton %}"
    page = shown(f"{button}{{% card %}}{button}{{% endcard %}}", width=DESKTOP, variant=variant)

    colours = "each => [getComputedStyle(each).color, getComputedStyle(each).backgroundColor]"
    outside, inside = (each.evaluate(colours) for each in page.locator("button").all())
    assert inside == outside


def test_a_link_in_a_warning_keeps_the_colour_of_the_warning(shown):
    warning = "{% alert color='warning' %}{% link %}Les avtalen{% endlink %}{% endalert %}"
    page = shown(f"{warning}{{% card %}}{warning}{{% endcard %}}", width=DESKTOP)

    alone, in_card = (each.evaluate("each => getComputedStyle(each).color") for each in page.locator(".ds-link").all())
    assert in_card == alone


def test_staff_see_more_of_a_form_at_once_than_those_who_press_with_a_thumb(shown):
    field = '<div class="m-options"><div class="ds-field"><input type="radio"><label>Ja</label></div></div>'
    heights = {
        (layout, width): box(shown(field, width=width, layout=layout), ".ds-field")["height"]
        for layout, width in [("staff", DESKTOP), ("staff", PHONE), ("public", DESKTOP)]
    }

    assert heights["staff", DESKTOP] < heights["staff", PHONE] == heights["public", DESKTOP]
    assert heights["staff", PHONE] >= 44


def test_a_moment_in_a_list_is_not_broken(shown):
    source = """{% table caption="Hva som er endret" columns=columns %}{% row %}
      {% cell "Når" header=True %}<time>23. november 2026 kl. 01.11</time>{% endcell %}
      {% cell "Hva" %}{{ much }}{% endcell %}{% endrow %}{% endtable %}"""
    page = shown(source, width=DESKTOP, columns=["Når", "Hva"], much="Enheten følger opp. " * 40)

    assert page.locator("time").evaluate("each => each.getClientRects().length") == 1


def test_a_button_does_not_stick_to_the_warning_it_follows(shown):
    page = shown(
        "{% alert color='warning' %}<p>Planen er endret.</p>{% button %}Se hva{% endbutton %}{% endalert %}",
        width=PHONE,
    )

    words, button = box(page, ".ds-alert p"), box(page, ".ds-alert button")
    assert button["y"] - (words["y"] + words["height"]) >= 8


TASK = """{% table caption='Oppgaver' wide=wide columns=columns %}{% row %}
{% cell header=True %}Spør om barn og søsken under 18 år{% endcell %}{% cell %}Kari Demoås{% endcell %}
{% cell %}19.11.2026{% endcell %}{% cell %}Hjemmetjenesten vest{% endcell %}{% cell %}Gro Demodal{% endcell %}
{% cell %}{% button %}Ta oppgaven{% endbutton %}{% endcell %}{% endrow %}{% endtable %}"""
COLUMNS = ["Hva", "Hvem det gjelder", "Frist", "Enhet", "Hvem som har tatt den", "Ta oppgaven"]


def test_what_can_be_done_with_a_row_is_in_sight_on_a_tablet(shown):
    page = shown(TASK, width=768, columns=COLUMNS, wide=False)

    table, button = box(page, ".m-table"), box(page, "td button")
    assert button["x"] + button["width"] <= table["x"] + table["width"]


def test_no_column_is_cut_from_what_is_printed(shown):
    page = shown(f'<div class="m-sheet">{TASK}</div>', width=720, columns=COLUMNS, wide=True)
    page.emulate_media(media="print")

    table, button = box(page, ".m-table"), box(page, "td button")
    assert button["x"] + button["width"] <= table["x"] + table["width"]
    assert page.locator(".m-table").evaluate("each => getComputedStyle(each).overflowX") == "visible"


MANY = """{% table caption='Sendte varsler' columns=columns %}{% row %}
{% cell header=True %}<time datetime="2026-11-23T08:07:00+01:00">23. november 2026 kl. 08.07</time>{% endcell %}
{% cell %}{{ much }}{% endcell %}{% cell numeric=True %}34{% endcell %}{% cell %}{{ much }}{% endcell %}
{% cell %}<form>{% button variant="tertiary" %}La det være{% endbutton %}</form>{% endcell %}
{% endrow %}{% endtable %}"""
# How many lines the text of an element takes: its boxes that begin at different heights.
LINES = """each => {
  const range = document.createRange();
  range.selectNodeContents(each);
  return new Set([...range.getClientRects()].filter(box => box.width > 1).map(box => Math.round(box.top))).size;
}"""


def test_a_row_stays_low_on_a_tablet_whatever_stands_beside_its_moment_and_its_button(shown):
    page = shown(MANY, width=TABLET, columns=list("ABCDE"), much="Enheten følger opp. " * 12)

    assert page.locator("time").evaluate(LINES) <= 2
    assert page.locator("td button").evaluate(LINES) <= 2


def test_the_words_after_a_number_do_not_stick_to_it(shown):
    page = shown(MANY, width=TABLET, columns=list("ABCDE"), much="Enheten følger opp. " * 12)

    number, words = (page.locator("td").nth(at).evaluate(BEGINNINGS)[0] for at in (1, 2))
    ends = page.locator("[data-numeric]").last.evaluate(
        "each => { const range = document.createRange(); range.selectNodeContents(each);"
        " return range.getBoundingClientRect().right; }"
    )
    assert number < ends <= words - 16


def test_a_table_begins_where_its_name_begins_on_a_tablet(shown):
    page = shown(MANY, width=TABLET, columns=list("ABCDE"), much="Kort")

    name, moment = (min(page.locator(part).evaluate(BEGINNINGS)) for part in ("caption", "tbody th"))
    assert name == pytest.approx(moment, abs=1)


def test_no_word_of_a_header_is_broken_on_a_phone(shown):
    page = shown(
        "{% table caption='To registreringer' columns=columns %}{% row %}{% cell columns.0 header=True %}Fornavn"
        "{% endcell %}{% cell columns.1 %}Kari{% endcell %}{% endrow %}{% endtable %}"
        "<p><span>{{ columns.1 }}</span></p>",
        width=PHONE,
        columns=["Hva", "Omsorgsavlastningen"],
    )

    given = page.locator("td").first.evaluate("each => parseFloat(getComputedStyle(each, '::before').width)")
    assert given >= box(page, "p span")["width"] - 1
    assert sideways_scroll(page) == 0


def test_the_line_under_a_link_is_as_long_as_its_words(shown):
    page = shown("{% link href='#' icon='Phone' icon_end='ExternalLink' %}Ring{% endlink %}", width=PHONE)

    link = page.locator("main a")
    assert link.evaluate("each => each.innerText") == "Ring"
    assert link.evaluate("each => [...each.childNodes].filter(part => part.nodeType === Node.TEXT_NODE).length") == 0
    words, before = box(page, "main a span"), box(page, "main a svg")
    assert words["x"] - (before["x"] + before["width"]) >= 6


def test_languages_of_a_letter_stand_apart(shown):
    page = shown(
        '<div class="m-sheet-tools"><nav>{% link href="#" %}Bokmål{% endlink %} {% link href="#" %}Nynorsk{% endlink %}'
        "</nav></div>",
        width=PHONE,
    )

    first, second = (page.locator("main a").nth(at).bounding_box() for at in (0, 1))
    assert second["x"] - (first["x"] + first["width"]) >= 10


@pytest.mark.parametrize(("width", "is_set_apart"), [(PHONE, False), (TABLET, True)])
def test_a_place_on_a_line_of_its_own_is_set_apart_from_nothing(shown, width, is_set_apart):
    page = shown('<div class="m-sheet-head"><p class="m-place">Bærum kommune</p></div>', width=width)

    assert (page.locator(".m-place").evaluate("each => getComputedStyle(each, '::before').content") != "none") is (
        is_set_apart
    )
