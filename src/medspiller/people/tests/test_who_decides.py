"""Who decides, who says yes for whom, and how long one can complain: in words, and beside the relation."""

from datetime import date, timedelta

import pytest

from medspiller.access.domain.roles import Role as Post
from medspiller.core import clock
from medspiller.people import services
from medspiller.people.domain.circumstances import Circumstance, CircumstanceDetails
from medspiller.people.domain.relations import RelationKind
from medspiller.people.domain.roles import Role
from medspiller.people.domain.telling import (
    Decider,
    Patient,
    health_decision,
    who_consents,
    who_consents_in_words,
    who_decides_in_words,
)
from medspiller.people.models import CarerRole, CircumstanceJudged, Relation
from medspiller.people.tests import factories

NOW = date(2026, 9, 1)
MAY, JUNE = date(2026, 5, 31), date(2026, 6, 1)


def patient(age, *, competent=None):
    return Patient(age=age, dead=False, competent=competent, emergency=False)


def decides(age, *, competent=None, on=NOW, **more):
    return who_decides_in_words(health_decision(patient(age, competent=competent), **more), age=age, on=on)


def consents(age, *, competent=None, on=NOW):
    return who_consents_in_words(who_consents(patient(age, competent=competent)), age=age, on=on)


def text_of(page):
    return " ".join(page.content.decode().split())


class TestInWords:
    @pytest.mark.parametrize(
        ("age", "more", "said"),
        [
            (5, {}, ("De som har foreldreansvar, bestemmer", "når det kan gjøre seg opp en mening")),
            (7, {}, ("De som har foreldreansvar, bestemmer", "Fra 7 år")),
            (11, {"parents_may_know": False}, ("strengt nødvendig", "Fra 7 år")),
            (12, {}, ("De som har foreldreansvar, bestemmer", "Fra 12 år skal det veie tungt")),
            (15, {"parents_may_know": False}, ("Da bestemmer barnet selv i saken",)),
            (16, {"competent": True}, ("Fra 16 år bestemmer ungdommen selv",)),
            (17, {"competent": False}, ("har ikke beslutningskompetanse", "ikke hvis ungdommen motsetter seg")),
            (18, {"competent": True}, ("Pasienten bestemmer selv om helsehjelpen.",)),
            (82, {"competent": False}, ("Den som gir helsehjelpen, bestemmer", "Spør nærmeste pårørende")),
            (82, {"competent": False, "deprived_of_capacity": True}, ("Ellers bestemmer vergen",)),
            (40, {"competent": None}, ("Finn først ut", "beslutningskompetanse")),
            (None, {}, ("Finn først ut hvor gammel pasienten er",)),
        ],
    )
    def test_who_decides(self, age, more, said):
        sentence = decides(age, **more)

        assert [each for each in said if each not in sentence.nb] == []
        assert len({sentence.nb, sentence.nn, sentence.en}) == 3
        assert not any("{" in each for each in sentence.as_dict().values())

    def test_the_word_is_that_of_the_law_of_the_day(self):
        assert "samtykkekompetanse" in decides(17, competent=False, on=MAY).nb
        assert "beslutningskompetanse" in decides(17, competent=False, on=JUNE).nb
        assert "samtykkekompetanse" in consents(82, competent=False, on=MAY)[0].nb
        assert "avgjerdskompetanse" in consents(82, competent=False, on=JUNE)[0].nn

    @pytest.mark.parametrize(
        ("age", "competent", "said", "law"),
        [
            (3, None, "De som har foreldreansvar, sier ja", "pbrl § 4-4"),
            (14, None, "er det barnet selv", "pbrl § 4-3 (1) c"),
            (16, True, "Pasienten sier selv ja", "hpl § 22"),
            (82, False, "Nærmeste pårørende kan si ja", "hpl § 22 (3)"),
            (82, None, "Finn først ut om pasienten har", "hpl § 22"),
            (None, True, "Finn først ut hvor gammel", "hpl § 22"),
        ],
    )
    def test_who_says_yes_to_sharing(self, age, competent, said, law):
        sentence, laws = consents(age, competent=competent)

        assert said in sentence.nb
        assert law in laws

    def test_every_decider_has_words(self):
        children = [(age, {"parents_may_know": may}) for age in (0, 7, 12, 15) for may in (True, False)]
        grown = [(age, {"deprived_of_capacity": taken}) for age in (16, 18) for taken in (True, False)]
        found = set()
        for age, more in (*children, *grown):
            for able in (True, False):
                found.add(health_decision(patient(age, competent=able), **more).decider)
                assert decides(age, competent=able, **more).en

        assert found == {*Decider} - {Decider.NOT_KNOWN}


@pytest.fixture
def nurse(staff, house):
    return staff(Post.CARE_WORKER, house.home_care)


@pytest.fixture
def colleague(house):
    return factories.worker(house.tenant_id, house.home_care, name="Nora Demonatt")


def family(house, *, age, role):
    born = date(clock.today().year - age, 1, 1)
    child = factories.make_person("Liv", "Demodal", birth_date=born)
    factories.involve(child, house.home_care)
    mother = factories.make_person("Berit", "Demodal", birth_date=born.replace(year=born.year - 30))
    relation = factories.relate(child, mother, RelationKind.PARENT)
    factories.give_role(relation, patient=child, carer=mother, role=role)
    Relation.objects.update(valid_from=max(born, date(2020, 1, 1)))
    return child, mother, f"/arbeid/personer/{child.id}/parorende/{mother.id}/"


class TestBesideTheRelation:
    def test_of_a_child_stands_who_decides_before_what_is_folded(self, nurse, house):
        _child, _mother, address = family(house, age=10, role=Role.FORELDREANSVAR)

        page = text_of(nurse.get(address))

        assert "Hvem som bestemmer om helsehjelpen" in page
        assert "De som har foreldreansvar, bestemmer" in page
        assert "Fra 7 år skal barnet få informasjon" in page
        assert page.index("Hvem som bestemmer om helsehjelpen") < page.index("Medvirkning, journal og klage")

    def test_of_a_child_who_says_no_with_reason_it_is_the_child(self, nurse, house, colleague):
        child, mother, address = family(house, age=14, role=Role.FORELDREANSVAR)
        services.judge_circumstance(
            actor=colleague, patient_id=child.id, recipient_id=mother.id, details=CircumstanceDetails(
                Circumstance.CHILD_REFUSES_WITH_REASON, reason="Hun ber om at moren ikke får vite det."
            ),
        )  # fmt: skip

        assert "Da bestemmer barnet selv i saken." in text_of(nurse.get(address))

    def test_the_period_of_a_complaint_is_counted_from_the_day_and_with_the_law(self, nurse, house):
        _child, _mother, address = family(house, age=40, role=Role.NAERMESTE)

        page = text_of(nurse.get(address, {"dato": "01.10.2026"}))

        assert "Den som får vite om et vedtak 1. oktober 2026, kan klage til og med 29. oktober 2026." in page
        assert "pasient- og brukerrettighetsloven § 7-5" in page
        assert "mer enn to uker, skal det være skriftlig vedtak" in page
        assert "pasient- og brukerrettighetsloven § 2-7 (2)" in page


class TestAnotherDay:
    def test_is_answered_by_the_law_on_either_side_of_a_change(self, nurse, house, here):
        child, mother, address = family(house, age=40, role=Role.NAERMESTE)
        CarerRole.objects.update(valid_from=date(2020, 1, 1))
        CircumstanceJudged.objects.create(
            patient=child, recipient=mother, code=Circumstance.CONCERN_FOR_CHILD_IN_CARE.value,
            reason="Et barn på seks år bor hos henne.", judged_by=mother.id, judged_by_name="Nora Demonatt",
            judged_at=clock.now() - timedelta(days=400), unit_id=house.home_care,
        )  # fmt: skip

        before, after = (text_of(nurse.get(address, {"dato": day.isoformat()})) for day in (MAY, JUNE))

        assert "Ja, det er en rett" in after
        assert "pasient- og brukerrettighetsloven § 3-3 (3) b" in after
        assert "pasient- og brukerrettighetsloven § 3-3 (3) b" not in before
        assert "En gammel sak" in before

    def test_that_is_to_come_shows_what_holds_then(self, nurse, house):
        child, _mother, address = family(house, age=15, role=Role.FORELDREANSVAR)
        turns = child.birth_date.replace(year=child.birth_date.year + 16)
        today = text_of(nurse.get(address))

        then = text_of(nurse.get(address, {"dato": turns.isoformat()}))

        assert "En dag som kommer" in then
        assert "De som har foreldreansvar, bestemmer" in today
        assert "Fra 16 år bestemmer ungdommen selv" in then
        assert "Jeg har fortalt" not in then

    @pytest.mark.parametrize("day", ["31.12.9999", "01.01.2190"])
    def test_that_nobody_can_know_of_is_refused_beside_the_field(self, nurse, house, day):
        _child, _mother, address = family(house, age=40, role=Role.NAERMESTE)

        page = nurse.get(address, {"dato": day})

        assert page.status_code == 422
        assert "Velg en dag nærmere i dag." in text_of(page)

    def test_on_which_nothing_was_registered_is_said_beside_the_field(self, nurse, house):
        _child, mother, address = family(house, age=40, role=Role.NAERMESTE)

        page = nurse.get(address, {"dato": (mother.birth_date - timedelta(days=1)).isoformat()})

        assert page.status_code == 422
        assert "Den dagen var det ikke registrert hva de er for pasienten." in text_of(page)

    def test_of_somebody_who_is_no_carer_is_as_nobody_on_any_day(self, nurse, house):
        child, _mother, _address = family(house, age=40, role=Role.NAERMESTE)
        stranger = factories.make_person("Fremmed")

        page = nurse.get(f"/arbeid/personer/{child.id}/parorende/{stranger.id}/", {"dato": "2026-05-31"})

        assert page.status_code == 404
