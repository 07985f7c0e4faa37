"""What totals mean, which forms a licence keeps closed, and that nothing is shipped that must not be."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from medspiller.access.domain import actors
from medspiller.config.content_kinds import CONTENT_KINDS
from medspiller.content import services as content
from medspiller.content.domain import checking, loading
from medspiller.content.domain.shape_parts import canonical_parts
from medspiller.people.tests import factories as people
from medspiller.questionnaires.domain.library.content_instruments import instrument_in
from medspiller.questionnaires.domain.library.content_questionnaires import NON_COMMERCIAL, questionnaire_in
from medspiller.questionnaires.domain.library.content_texts import shown_texts
from medspiller.questionnaires.domain.library.instruments import (
    Change,
    Licence,
    OutOfRange,
    band_of,
    calls_for_talk,
    change_between,
    ensure_within,
    readings,
)
from medspiller.questionnaires.selectors import instruments, offered
from medspiller.questionnaires.tests import content as made

SHIPPED = Path(__file__).resolve().parents[4] / "content"
TODAY = date(2026, 11, 22)
# What questions of instruments would be recognised by, whose owners have not given leave.
MARKS = re.compile(r"\b(zarit|relative stress|bsfc|cope index|csnat|maca-yc|panoc)\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def shipped():
    return loading.load(SHIPPED, CONTENT_KINDS)


@pytest.fixture(scope="module")
def registry(shipped):
    return {each.id: each for each in map(instrument_in, shipped.of_kind("instruments"))}


class TestWhatIsShipped:
    def test_has_neither_errors_nor_warnings(self, shipped):
        assert checking.check(shipped, CONTENT_KINDS) == ()

    def test_asks_in_nb_nn_and_en(self, shipped):
        asking = {each.package for kind in ("questionnaires", "instruments", "tools") for each in shipped.of_kind(kind)}

        assert asking
        assert {name for name in asking if not {"nb", "nn", "en"} <= set(shipped.packages[name].languages)} == set()

    def test_every_questionnaire_has_cases(self, shipped):
        assert [each.file for each in shipped.of_kind("questionnaires") if each.file not in shipped.cases] == []

    def test_holds_no_words_that_their_owner_does_not_allow(self, shipped, registry):
        allowed = {canonical_parts(each.questionnaire)[0] for each in registry.values() if each.questionnaire}

        for each in registry.values():
            assert each.licence.allows_items or each.questionnaire is None, each.id
        for form in shipped.of_kind("questionnaires"):
            said = [shown.text.plain for shown in shown_texts(questionnaire_in(form))]
            assert form.url in allowed or not [text for text in said if MARKS.search(text)], form.file

    def test_keeps_what_is_for_non_commercial_use_apart_with_its_licence(self, shipped, registry):
        for form in shipped.of_kind("questionnaires"):
            if shipped.packages[form.package].licence in NON_COMMERCIAL:
                assert (SHIPPED / form.package / "LICENSE").is_file()
                owners = [each for each in registry.values() if each.questionnaire == form.url]
                assert [each.licence for each in owners] == [Licence.NC_ONLY]

    def test_has_the_instruments_it_should(self, registry):
        assert set(registry) >= {
            "carerqol-7d", "who-5", "rss", "bsfc-s", "zarit-22", "zarit-12", "zarit-4", "cope-index", "maca-yc18",
            "panoc-yc20", "csnat",
        }  # fmt: skip

    def test_says_where_wording_is_not_the_owners(self, registry):
        assert set(registry["carerqol-7d"].wording) == {"nb", "nn", "en"}

    def test_never_offers_to_children_what_needs_an_adults_plan(self, registry):
        assert registry["maca-yc18"].staff_only
        assert registry["panoc-yc20"].staff_only


class TestMeaning:
    # id, total, value, its band in bokmål
    BANDS = [
        ("rss", "total", 23, None),
        ("rss", "total", 24, "Økt risiko"),
        ("rss", "total", 30, "Økt risiko"),
        ("rss", "total", 31, "Høy risiko"),
        ("bsfc-s", "total", 4, "Ingen eller lett belastning"),
        ("bsfc-s", "total", 5, "Moderat belastning"),
        ("bsfc-s", "total", 15, "Alvorlig belastning"),
        ("zarit-22", "total", 88, None),
        ("maca-yc18", "total", 0, None),
        ("maca-yc18", "total", 9, "Få omsorgsoppgaver"),
        ("maca-yc18", "total", 18, "Svært stor mengde"),
        ("panoc-yc20", "positive", 12, "Grunn til bekymring"),
        ("panoc-yc20", "positive", 13, None),
        ("panoc-yc20", "negative", 8, None),
        ("panoc-yc20", "negative", 9, "Grunn til bekymring"),
        ("who-5", "index", 50, "Lav trivsel – snakk mer sammen"),
        ("who-5", "index", 52, None),
    ]

    @pytest.mark.parametrize(("name", "total", "value", "label"), BANDS)
    def test_a_total_lies_in_a_band_or_in_none(self, registry, name, total, value, label):
        band = band_of(registry[name].scale(total), Decimal(value), on=TODAY)

        assert (band.label["nb"] if band else None) == label

    def test_a_band_holds_from_its_day_on(self):
        scale = instrument_in(made.described("instruments", "load", made.instrument())).scale("total")

        assert band_of(scale, Decimal(30), on=date(2019, 12, 31)) is None
        assert band_of(scale, Decimal(30), on=date(2020, 1, 1)) is not None

    def test_cope_has_three_totals_and_never_one(self, registry):
        assert [each.id for each in registry["cope-index"].scales] == [
            "negative-impact",
            "positive-value",
            "quality-of-support",
        ]

    def test_scores_are_read_by_the_items_that_hold_them(self, registry):
        found = readings(registry["who-5"], {"who5-raw": Decimal(12), "who5-index": Decimal(48), "x": None}, on=TODAY)

        assert [(each.scale.id, each.value, bool(each.band)) for each in found] == [
            ("raw", 12, False),
            ("index", 48, True),
        ]

    @pytest.mark.parametrize(
        ("answers", "index", "talk"),
        [((3, 3, 3, 2, 2), 52, False), ((3, 3, 2, 2, 2), 48, True), ((5, 5, 5, 1, 5), 84, True), ((5, 0), None, True)],
    )
    def test_who_5_calls_for_a_talk_at_a_low_answer_or_a_low_total(self, registry, answers, index, talk):
        total = None if index is None else Decimal(index)

        assert calls_for_talk(registry["who-5"], answers=map(Decimal, answers), totals={"index": total}) is talk

    def test_no_other_instrument_calls_for_one_by_itself(self, registry):
        assert not calls_for_talk(registry["rss"], answers=[Decimal(0)], totals={"total": Decimal(0)})

    @pytest.mark.parametrize(
        ("name", "total", "before", "after", "change"),
        [
            ("who-5", "index", 40, 49, Change.SMALL),
            ("who-5", "index", 40, 50, Change.BETTER),
            ("who-5", "index", 50, 40, Change.WORSE),
            ("rss", "total", 20, 21, Change.WORSE),
            ("rss", "total", 21, 20, Change.BETTER),
            ("rss", "total", 20, 20, Change.NONE),
            ("maca-yc18", "total", 10, 12, Change.MORE),
            ("maca-yc18", "total", 12, 10, Change.LESS),
        ],
    )
    def test_change_is_told_by_the_instruments_own_rule(self, registry, name, total, before, after, change):
        assert change_between(registry[name].scale(total), Decimal(before), Decimal(after)) is change

    @pytest.mark.parametrize("value", ["-1", "61", "20.5", None])
    def test_a_total_that_cannot_be_is_refused(self, registry, value):
        with pytest.raises(OutOfRange):
            ensure_within(registry["rss"].scale("total"), None if value is None else Decimal(value))

    def test_csnat_has_no_score(self, registry):
        for scale in registry["csnat"].scales:
            ensure_within(scale, None)
            with pytest.raises(OutOfRange):
                ensure_within(scale, Decimal(1))


class TestLicence:
    @pytest.fixture
    def who5(self, here, shipped):
        package = [each for each in shipped.definitions if each.package == "no.medspiller.who5"]
        content.publish(actor=actors.system(here), definitions=package)

    FORM = "https://medspiller.no/fhir/Questionnaire/who-5"

    def test_a_form_for_non_commercial_use_is_closed_until_that_is_confirmed(self, here, who5, settings):
        settings.NON_COMMERCIAL_USE = False
        assert self.FORM in instruments.closed_forms(actor=actors.system(here))

        settings.NON_COMMERCIAL_USE = True
        assert self.FORM not in instruments.closed_forms(actor=actors.system(here))

    def test_nobody_can_begin_it_until_then(self, here, house, who5, settings):
        nurse = people.worker(here, house.home_care)

        settings.NON_COMMERCIAL_USE = False
        assert self.FORM not in {each.url for each in offered(actor=nurse, language="nb")}

        settings.NON_COMMERCIAL_USE = True
        assert self.FORM in {each.url for each in offered(actor=nurse, language="nb")}

    def test_its_scores_can_be_read_all_the_same(self, here, who5):
        found = instruments.meaning_of_scores(
            actor=actors.system(here), questionnaire_url=self.FORM, scores={"who5-index": Decimal(48)}
        )

        assert [each.scale.id for each in found] == ["index"]
