"""What a query is read as, without a database."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medspiller.catalogue.domain.finding import Urgency, choosing
from medspiller.catalogue.domain.finding.choosing import Age, Choice, Haste, Traits, When
from medspiller.catalogue.domain.finding.compounds import parts_of
from medspiller.catalogue.domain.finding.filters import Filters
from medspiller.catalogue.domain.finding.normalising import MOST_WORDS, fold, words_in
from medspiller.catalogue.domain.finding.ranking import rarity
from medspiller.catalogue.domain.finding.suggesting import phrases_for
from medspiller.catalogue.domain.finding.typos import KnownWords, closest, distance
from medspiller.catalogue.domain.finding.understanding import read, understand
from medspiller.catalogue.domain.finding.wording import Who
from medspiller.catalogue.domain.vocabulary import Condition, Need, Relation
from medspiller.catalogue.tests.every_offer import shipped_wording


def understood(query, *, language="nb", like=None):
    wording = shipped_wording()
    return understand(read(query, wording=wording, language=language), wording=wording, like=like or {})


class TestWords:
    @pytest.mark.parametrize("written", ["pårørende", "paarørende", "parorende", "PÅRØRENDE", "paaroerende"])
    def test_a_word_without_its_letters_is_the_same(self, written):
        assert fold(written) == "parorende"

    def test_only_letters_and_figures_are_left(self):
        assert words_in("<b>'; DROP TABLE x; --") == ("b", "drop", "table", "x")
        assert words_in("can't") == ("cant",)

    def test_what_is_too_long_is_cut(self):
        assert len(words_in("demens " * 10_000)) == MOST_WORDS
        assert len(words_in("a" * 20_000)[0]) == 60

    @given(st.text(max_size=300))
    @settings(max_examples=150, deadline=None)
    def test_anything_can_be_typed(self, text):
        meant = understood(text)

        assert not any(set(stem) & set("'\\\\ &|!:*()<>\x00") or not stem for stem in (*meant.stems, *meant.also))


class TestStems:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("sjukdom", "sykdom"),
            ("heimeteneste", "hjemmetjeneste"),
            ("avlasting", "avlastning"),
            ("pårørande", "pårørende"),
            ("søv", "sover"),
            ("gløymer", "glemmer"),
            ("samtalegruppene", "samtalegruppe"),
            ("itj", "ikke"),
            ("rettleiing", "veiledning"),
            ("einsemd", "einsemd"),
        ],
    )
    def test_nynorsk_and_dialect_are_what_bokmal_is(self, one, other):
        wording = shipped_wording()

        assert wording.stem(one, "no") == wording.stem(other, "no")

    def test_a_word_made_of_known_ones_is_taken_apart(self):
        assert parts_of("parorendeskole", {"parorende", "skole"}) == ("parorende", "skole")
        assert parts_of("arbeidsrom", {"arbeid", "rom"}) == ("arbeid", "rom")
        assert parts_of("skole", {"skole"}) == ()
        assert parts_of("parorendeskoler", {"parorende", "skole"}) == ()


class TestTypos:
    @pytest.mark.parametrize(("written", "meant"), [("demmens", "demens"), ("avlasning", "avlastning"), ("xyzq", None)])
    def test_the_nearest_word_is_meant(self, written, meant):
        known = KnownWords(["demens", "avlastning", "sorg"])

        assert closest(written, known.like(written)) == meant

    def test_letters_that_changed_places_are_one_slip(self):
        assert distance("dmeens", "demens", at_most=2) == 1
        assert distance("demens", "sorg", at_most=1) == 2

    def test_a_word_that_the_catalogue_has_is_not_corrected(self):
        (asked,) = read("alsheimer", wording=shipped_wording(), language="nb").to_ask

        assert "condition:dementia" in understood("alsheimer").concepts
        assert understood("alsheimer", like={asked: (asked,)}).corrected == {}


class TestMeaning:
    @pytest.mark.parametrize(
        ("query", "concept"),
        [
            ("Jeg får ikke sove", "need:night-rest"),
            ("æ får itj sova", "need:night-rest"),
            ("Mamma glemmer alt", "condition:dementia"),
            ("Eg treng fri ei helg", "need:respite-stay"),
            ("my husband has dementia", "relation:partner"),
            ("far er syk", "relation:grown-child"),
        ],
    )
    def test_everyday_words_stand_for_concepts(self, query, concept):
        assert concept in understood(query).concepts

    def test_who_gets_is_no_father(self):
        assert not any(concept.startswith("relation:") for concept in understood("jeg får ikke fri").concepts)

    @pytest.mark.parametrize(
        ("query", "language", "urgency"),
        [
            ("jeg vil ikke leve lenger", "nb", Urgency.SUICIDE),
            ("eg vil ikkje leve", "nn", Urgency.SUICIDE),
            ("I want to die", "en", Urgency.SUICIDE),
            ("han slår meg", "nb", Urgency.DANGER),
            ("my dad hits me", "en", Urgency.DANGER),
            ("jeg vil leve godt med demens", "nb", None),
        ],
    )
    def test_danger_is_heard(self, query, language, urgency):
        assert understood(query, language=language).urgency is urgency

    @pytest.mark.parametrize(
        ("query", "age"), [("jeg er 14 år", 14), ("14 år og redd", 14), ("mor er 82 år", None), ("ring 116 117", None)]
    )
    def test_only_the_askers_age_is_taken(self, query, age):
        assert understood(query).age == age

    def test_a_child_is_recognised(self):
        assert understood("læreren min vet ikke at pappa drikker").who is Who.CHILD
        assert understood("mannen min drikker").who is None

    @pytest.mark.parametrize(
        ("query", "names"),
        [
            ("hjelp til barn som er pårørende", True),
            ("datter på 12", True),
            ("gutten min er 10 og har autisme", True),
            ("tenåring", True),
            ("my teenager", True),
            ("pappa drikker", True),
            ("mor har demens", False),
            ("søsteren min på 45 år er psykisk syk", False),
            ("samtale og pause", False),
        ],
    )
    def test_children_are_spoken_of_or_not(self, query, names):
        assert understood(query).names_the_young is names

    @pytest.mark.parametrize(
        "query",
        [
            "mamma er syk og glemmer alt, mannen min og jeg er slitne og jeg er flau over at jeg blir sint",
            "mamma er syk, hun er 84 år, jeg får ikke sove og trenger en voksen å snakke med",
            "jeg er 47 år, mamma er syk og jeg skammer meg",
        ],
    )
    def test_a_grown_up_who_writes_at_length_is_not_taken_for_a_child(self, query):
        meant = understood(query)

        assert (meant.who, meant.names_the_young) == (None, False)
        assert not {"kind:children", "relation:young-child"} & set(meant.concepts)
        assert "relation:grown-child" in meant.concepts

    def test_a_child_who_says_their_age_is_one_whatever_else_they_write(self):
        assert understood("jeg er 12 år, mamma er syk og jeg må passe på mannen i huset").who is Who.CHILD

    def test_words_may_be_in_another_language_than_the_page(self):
        assert understood("my mother forgets everything", language="nb").language == "en"
        assert understood("avlastning for mor", language="en").language == "no"

    @pytest.mark.parametrize("query", ["", "   ", "!!!", "og i på", "hjelp", "hva er dette", "den beste hjelpen"])
    def test_words_that_say_nothing_show_everything(self, query):
        assert understood(query).is_empty


class TestTheEntrance:
    def test_phrases_are_shown_in_the_language_of_the_page(self):
        found = [each.text for each in phrases_for("eg tr", wording=shipped_wording(), language="nn")]

        assert found[0].startswith("Eg treng")

    def test_without_letters_there_is_something_to_begin_with(self):
        assert len(phrases_for("", wording=shipped_wording(), language="en")) == 4


class TestChoosing:
    CHOICE = Choice(
        age=Age.GROWN_UP,
        relation=Relation.PARTNER,
        conditions=frozenset({Condition.DEMENTIA}),
        needs=frozenset({Need.RESPITE_HOURS}),
        when=When.EVENING,
        haste=Haste.NOW,
    )

    def test_reasons_are_what_was_said_and_holds(self):
        traits = Traits(
            concepts=frozenset({"need:respite-hours", "condition:cancer", "relation:partner", "way:open"}),
            is_own=True,
            is_digital=True,
            is_evening=False,
            is_for_age=False,
        )

        assert choosing.reasons_for(self.CHOICE, traits) == ("need:respite-hours", "relation:partner", "open", "own")

    def test_what_was_left_open_weighs_nothing(self):
        assert choosing.concepts_of(Choice()) == {}
        assert Filters().is_empty
        assert Filters(is_free=True, age=14).number == 2


def test_a_rare_word_tells_more_than_a_common_one():
    assert rarity(2, 100) > rarity(20, 100) > rarity(90, 100)
