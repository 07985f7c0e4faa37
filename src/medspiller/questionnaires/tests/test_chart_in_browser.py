"""How a drawing over time stands on a screen: that all its words can be read."""

import pytest

from medspiller.questionnaires import worker
from medspiller.questionnaires.domain.reading_back.drawing import Dot, Panel, Picture, Stripe

pytestmark = pytest.mark.browser

# What stands in each text of the drawing, and where.
TEXTS = """() => [...document.querySelectorAll('svg text')].map(text => {
  const box = text.getBoundingClientRect();
  return [text.textContent, box.left, box.right, box.top, box.bottom];
})"""


def over_each_other(page):
    texts = page.evaluate(TEXTS)
    return [
        (one[0], other[0])
        for at, one in enumerate(texts)
        for other in texts[at + 1 :]
        if one[1] < other[2] and other[1] < one[2] and one[3] < other[4] and other[3] < one[4]
    ]


@pytest.mark.parametrize("first", [6, 12, 17])
def test_no_figure_stands_on_the_name_of_a_stripe(browser, first):
    stripes = (Stripe(0, 8, "Lav"), Stripe(9, 16, "Middels"), Stripe(17, 24, "Høy belastning"))
    dots = (Dot("2026-02-01", first, str(first), 0), Dot("2026-05-10", 18, "18", 0), Dot("2026-09-20", 9, "9", 0))
    svg = worker.svg_of(Picture("nb", "Svar over tid", "Poeng", (Panel("Belastning", dots, 0, 24, stripes),)))

    with browser.new_context() as context:
        page = context.new_page()
        page.set_content(svg)

        assert {"Middels", str(first)} <= {text[0] for text in page.evaluate(TEXTS)}
        assert over_each_other(page) == []
