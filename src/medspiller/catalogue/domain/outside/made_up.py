"""
Offers of a demo as other systems are given them: what is made up says so in its name and its description.

A demo stands under the name of a municipality that there is; whoever reads its formats sees neither the page nor
what stands at its top.
"""

from collections.abc import Mapping
from dataclasses import replace

from medspiller.catalogue.domain.offers import Offer, Provider, Texts

_MARK: Mapping[str, str] = {"nb": "demo, oppdiktet", "nn": "demo, oppdikta", "en": "demo, made up"}
_SAID: Mapping[str, str] = {
    "nb": "Dette er en demo. Tilbudet er oppdiktet og finnes ikke.",
    "nn": "Dette er ein demo. Tilbodet er oppdikta og finst ikkje.",
    "en": "This is a demo. The offer is made up and does not exist.",
}
# Whoever reads another language than ours is told in this one.
_OTHERS = "en"


def marked_offer(offer: Offer) -> Offer:
    """Return an offer that says that it is made up."""
    return replace(
        offer, title=_named(offer.title), summary=_told(offer.summary), text=_told(offer.text, between="\n\n")
    )


def marked_provider(provider: Provider) -> Provider:
    """Return whoever offers something, who says that they are of a demo."""
    return replace(provider, name=_named(provider.name), about=_told(provider.about))


def marked_name(name: str, *, language: str = "nb") -> str:
    """Return a name that says that what bears it is made up."""
    return f"{name} ({_MARK.get(language, _MARK[_OTHERS])})"


def _named(texts: Texts) -> Texts:
    return {language: marked_name(text, language=language) for language, text in texts.items()}


def _told(texts: Texts, *, between: str = " ") -> Texts:
    said = {language: _SAID.get(language, _SAID[_OTHERS]) for language in {*texts, *_SAID}}
    return {language: between.join(filter(None, (words, texts.get(language, "")))) for language, words in said.items()}
