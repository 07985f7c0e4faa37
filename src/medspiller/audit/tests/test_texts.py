"""The log in plain words, complete in every language."""

import gettext
import io
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.template import engines
from django.utils import translation

from medspiller.audit.domain import (
    Audience,
    Basis,
    BasisCode,
    Entry,
    Information,
    Kind,
    SearchTerm,
    Viewer,
    Withheld,
    WithheldReason,
    who,
)
from medspiller.audit.domain.entries import as_seen
from medspiller.audit.templatetags import access_log
from medspiller.audit.tests.actors import citizen, job, nurse
from medspiller.cli import texts

APP = Path(access_log.__file__).parents[1]
TABLES = {
    "information": (access_log.INFORMATION, Information),
    "search terms": (access_log.SEARCH_TERMS, SearchTerm),
    "bases": (access_log.BASES, BasisCode),
    "withheld": (access_log.WITHHELD, Withheld),
    "withheld reasons": (access_log.WITHHELD_REASONS, WithheldReason),
    "audiences": (access_log.AUDIENCES, Audience),
}


def entry(*, kind=Kind.READ, actor=None, **facts) -> Entry:
    usual = {"information": (Information.CARERS, Information.CONSENTS), "basis": Basis(code=BasisCode.BLUE_LIGHT)}
    return Entry(
        id=uuid4(),
        at=datetime(2026, 9, 1, tzinfo=UTC),
        kind=kind,
        action="people.view",
        who=who.of(actor or nurse()),
        **(usual | facts),
    )


@pytest.mark.parametrize(("table", "codes"), TABLES.values(), ids=TABLES.keys())
def test_every_code_has_its_words(table, codes):
    assert set(table) == set(codes)
    assert len(set(map(str, table.values()))) == len(codes)


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize(
    "actor", [nurse(), citizen(), job(), citizen(name="")], ids=["staff", "citizen", "job", "none"]
)
@pytest.mark.parametrize("by_reader", [True, False])
def test_every_kind_of_entry_by_every_kind_of_actor_is_one_sentence(kind, actor, by_reader):
    seen = as_seen(entry(kind=kind, actor=actor), viewer=Viewer.PERSON, viewer_id=actor.id if by_reader else uuid4())

    for language in ("nb", "nn", "en"):
        with translation.override(language):
            said = access_log.sentence(seen)
        assert said.endswith(".")
        assert "%" not in said


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_no_text_is_missing_empty_unsure_or_left_over(language):
    problems = [problem for problem in texts.problems_in(APP) if problem["language"] == language]

    assert problems == []


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_a_translated_sentence_names_all_that_the_sentence_names(language):
    catalogue = read_po(io.BytesIO((APP / f"locale/{language}/LC_MESSAGES/django.po").read_bytes()))
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    translations = gettext.GNUTranslations(io.BytesIO(compiled.getvalue()))
    names = {"who": "<who>", "organisation": "<organisation>", "information": "<information>"}

    with translation.override("en"):
        for sentence in map(str, access_log.SENTENCES.values()):
            translated = translations.gettext(sentence)
            assert translated != sentence
            assert {v for v in names.values() if v in translated % names} == {
                v for v in names.values() if v in sentence % names
            }


SAID = {
    "nb": "Nora Nattevakt i Bærum kommune så på: hvem som er pårørende og samtykker.",
    "nn": "Nora Nattevakt i Bærum kommune såg på: kven som er pårørande og samtykke.",
    "en": "Nora Nattevakt at Bærum kommune looked at: who the carers are and consents.",
}


@pytest.mark.parametrize(("language", "said"), SAID.items())
def test_a_sentence_as_the_person_reads_it(language, said):
    with translation.override(language):
        assert access_log.sentence(entry()) == said


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_no_category_reads_as_two_among_the_others(language):
    with translation.override(language):
        both = {"nb": " og ", "nn": " og ", "en": " and "}[language]
        listed = [access_log.information_words((each,)) for each in (Information.NEEDS, Information.RIGHTS)]

        assert not [words for words in listed if both in words or "," in words]


def test_what_is_not_described_is_said_to_be_so():
    with translation.override("nb"):
        assert access_log.information_words(()) == "opplysninger som ikke er nærmere beskrevet"


def test_whoever_reads_of_their_own_is_told_that_it_is_theirs():
    own = entry(actor=nurse(name="Kari"), basis=Basis(code=BasisCode.OWN))

    with translation.override("nb"):
        mine = as_seen(own, viewer=Viewer.PERSON, viewer_id=own.who.id)
        assert access_log.basis_sentence(mine) == "Det var dine egne opplysninger."
        assert access_log.basis_sentence(own) == "Det var personens egne opplysninger."


def test_a_search_says_what_it_went_by():
    search = entry(kind=Kind.SEARCH, searched_by=(SearchTerm.NAME, SearchTerm.PERSON_NUMBER))

    with translation.override("nb"):
        assert access_log.searched_by(search) == "Søkte etter: navn og fødselsnummer."
        assert access_log.searched_by(entry()) == ""


def test_templates_use_the_words_as_filters_and_names_are_escaped():
    seen = as_seen(entry(actor=nurse(name="<b>Nora</b>")), viewer=Viewer.PERSON, viewer_id=None)
    template = engines["django"].from_string("{% load access_log %}{{ entry|sentence }} {{ entry|basis_sentence }}")

    with translation.override("en"):
        shown = template.render({"entry": seen})

    assert "&lt;b&gt;Nora&lt;/b&gt; at Bærum kommune looked at:" in shown
    assert shown.endswith("a leader checks it afterwards.")
