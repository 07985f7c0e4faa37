"""A text in the languages the product is complete in, for what must be said without Django."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sentence:
    """One text in bokmål, nynorsk and English; each is written, none is made from another."""

    nb: str
    nn: str
    en: str

    def in_language(self, language: str) -> str:
        """Return the text in a language by its tag (`nn`, `en-gb`); bokmål where we have no other."""
        tag = language.lower().replace("_", "-").split("-")[0]
        return {"nn": self.nn, "en": self.en}.get(tag, self.nb)

    def as_dict(self) -> dict[str, str]:
        return {"nb": self.nb, "nn": self.nn, "en": self.en}
