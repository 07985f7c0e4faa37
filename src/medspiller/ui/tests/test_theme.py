"""The promises of contrast, measured on the colours that pages really have."""

import re

import pytest
from django.conf import settings

OWN = settings.BASE_DIR / "src/medspiller/ui/static/ui/theme.css"
PALETTES = ("accent", "neutral", "brand1", "brand2", "brand3")
DECLARATION = re.compile(r"--ds-color-([a-z0-9-]+):\s*(#[0-9a-f]{6});", re.IGNORECASE)
READABLE, LARGE_OR_LINES = 4.5, 3.0


def block(selector):
    source = OWN.read_text(encoding="utf-8")
    start = source.index(selector)
    return dict(DECLARATION.findall(source[start : source.index("}", start)]))


def luminance(color):
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


THEMES = {"light": block('[data-color-scheme="light"]'), "dark": block('[data-color-scheme="dark"]')}
PAIRS = [
    ("text-default", "background-default", 7),
    ("text-default", "background-tinted", 7),
    ("text-default", "surface-tinted", 7),
    ("text-default", "surface-hover", 7),
    ("text-subtle", "background-default", READABLE),
    ("text-subtle", "background-tinted", READABLE),
    ("text-subtle", "surface-tinted", READABLE),
    ("base-contrast-default", "base-default", READABLE),
    ("base-contrast-default", "base-hover", READABLE),
    ("base-contrast-default", "base-active", READABLE),
    ("border-default", "background-default", LARGE_OR_LINES),
    ("border-default", "background-tinted", LARGE_OR_LINES),
]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_what_stands_on_what_can_be_read(theme, palette, front, back, least):
    colors = THEMES[theme]

    assert contrast(colors[f"{palette}-{front}"], colors[f"{palette}-{back}"]) >= least


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("palette", PALETTES)
def test_links_and_icons_of_any_colour_can_be_read_on_the_page(theme, palette):
    colors = THEMES[theme]

    assert contrast(colors[f"{palette}-text-subtle"], colors["neutral-background-tinted"]) >= READABLE


def test_as_the_device_has_the_same_dark_colours():
    assert block('[data-color-scheme="auto"]') == THEMES["dark"]
