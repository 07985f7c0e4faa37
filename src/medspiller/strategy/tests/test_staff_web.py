"""The pages of those who work with strategies: what they show, to whom, and what a form does."""

import re
from datetime import timedelta
from html import unescape

import pytest

from medspiller.access.domain.roles import Role
from medspiller.core import clock
from medspiller.people.tests.factories import worker
from medspiller.strategy import selectors, services
from medspiller.strategy.domain.inputs import ReportDetails
from medspiller.strategy.domain.vocabulary import Light, MeasureStatus
from medspiller.strategy.models import Measure, StatusReport, Strategy
from medspiller.strategy.services.reports import draft_report
from medspiller.strategy.tests import factories
from tests.security import things_of_strategy

LIST = "/arbeid/strategi/"


def text_of(page):
    return " ".join(page.content.decode().split())


@pytest.fixture
def keeper(house):
    return worker(house.tenant_id, house.top, Role.STRATEGY_OWNER, name="Torunn Demostrand")


@pytest.fixture
def things(house, keeper):
    return things_of_strategy.build_plans(house, keeper)


@pytest.fixture
def as_keeper(staff, house):
    return staff(Role.STRATEGY_OWNER, house.top)


@pytest.fixture
def as_nurse(staff, house):
    return staff(Role.CARE_WORKER, house.home_care)


def of_plan(things, more=""):
    return f"{LIST}{things['strategy_id']}/{more}"


def of_measure(things, more=""):
    return f"{LIST}tiltak/{things['measure_id']}/{more}"


def of_area(things):
    return of_plan(things, f"rediger/omrade/{things['area_id']}/")


def of_section(things):
    return of_plan(things, f"arsstatus/{things_of_strategy.REPORT_YEAR}/tekst/summary/")


def measure_now(things):
    return Measure.objects.get(id=things["measure_id"])


class TestTheList:
    def test_says_what_to_do_where_there_is_nothing(self, as_keeper):
        assert "Det er ingen strategi her ennå" in text_of(as_keeper.get(LIST))

    def test_shows_what_needs_attention_and_every_strategy(self, as_keeper, things):
        page = text_of(as_keeper.get(LIST))

        assert "Pårørendestrategi" in page
        assert "Vi de pårørende" in page
        assert "Trenger en beslutning" in page
        assert "venter på at noen ser på den" in page

    def test_names_what_many_plans_lack_in_one_table_and_turns_pages(self, as_keeper, house, keeper):
        plans = [
            factories.adopted(house.tenant_id, house.top, title=f"Plan nummer {number:02}")[0] for number in range(26)
        ]
        others = factories.draft(keeper, title="Et utkast")
        page = text_of(as_keeper.get(LIST))

        assert page.count("Dette trenger oppmerksomhet i Plan") == 4
        table = page.split("Dette trenger oppfølging i de andre strategiene")[2].split("</table>")[0]
        assert table.count('<th scope="row"') == 22
        assert f"{LIST}{plans[10].id}/tavle/?mangler=owner" in table
        listed = [text_of(as_keeper.get(LIST, {"side": side})).split("Alle strategier")[-1] for side in ("1", "2")]
        assert [each.count('<th scope="row"') for each in listed] == [25, 2]
        assert f"{LIST}{others.id}/" in "".join(listed)

    def test_offers_those_who_only_read_nothing_to_change(self, as_nurse, things):
        page = text_of(as_nurse.get(LIST))

        assert "Pårørendestrategi" in page
        assert "Les inn en plan fra fil" not in page


class TestAPlan:
    def test_is_shown_whole(self, as_nurse, things):
        page = text_of(as_nurse.get(of_plan(things)))

        assert "Pårørende blir sett og hørt." in page
        assert "1.1 Etablere pårørendeskole i hver bydel" in page
        assert "Bør følges" in page
        assert "Endre strategien" not in page

    def test_is_written_by_hand_from_nothing(self, as_keeper, house):
        sent = {
            "title": "Ny strategi for pårørende", "level": "municipal", "owner_name": "Demo kommune",
            "from_year": "2027", "to_year": "2030", "unit": str(house.top),
        }  # fmt: skip
        page = text_of(as_keeper.post(f"{LIST}ny/", sent, follow=True))
        assert "Legg til innsatsområdene nå" in page

        plan = Strategy.objects.get(title="Ny strategi for pårørende")
        at = f"{LIST}{plan.id}/rediger/omrade/"
        as_keeper.post(at, {"title": "Barn og unge", "text": ""})
        area = plan.areas.get()
        as_keeper.post(f"{at}{area.id}/mal/", {"text": "Ingen barn står alene."})
        as_keeper.post(f"{at}{area.id}/grep/", {"text": "Vi spør om det er barn i familien."})
        form = {"text": "Barneansvarlig i hver enhet", "owners": "2", "owner0-unit": str(house.home_care)}
        page = as_keeper.post(f"{at}{area.id}/tiltak/", form | {"goals": [str(area.goals.get().id)]}, follow=True)

        assert "Barneansvarlig i hver enhet" in text_of(page)
        assert "Hjemmetjenesten vest" in text_of(page)
        assert "Ingen barn står alene." in text_of(page)

    def test_is_refused_with_years_that_run_backwards_and_nothing_typed_is_lost(self, as_keeper):
        sent = {"title": "Feil vei", "level": "municipal", "owner_name": "X", "from_year": "2030", "to_year": "2027"}
        page = as_keeper.post(f"{LIST}ny/", sent)

        assert page.status_code == 422
        assert "Feil vei" in text_of(page)
        assert not Strategy.objects.exists()

    def test_the_second_to_save_loses_nothing_and_sees_what_stands(self, as_keeper, things):
        plan = Strategy.objects.get(id=things["strategy_id"])
        sent = {
            "title": "Vårt navn", "level": "municipal", "owner_name": plan.owner_name, "unit": str(plan.unit_id),
            "from_year": plan.from_year, "to_year": plan.to_year, "version": plan.version,
        }  # fmt: skip
        assert as_keeper.post(of_plan(things, "rediger/"), sent | {"title": "Deres navn"}).status_code == 302
        page = as_keeper.post(of_plan(things, "rediger/"), sent)

        assert page.status_code == 409
        assert "Vårt navn" in text_of(page)
        assert "Deres navn" in text_of(page)

    def test_is_changed_only_by_those_whose_it_is(self, staff, house, things):
        leader_elsewhere = staff(Role.LEADER, house.carers)

        assert leader_elsewhere.get(of_plan(things)).status_code == 200
        assert leader_elsewhere.get(of_plan(things, "rediger/")).status_code == 403
        assert leader_elsewhere.get(of_measure(things, "endre/")).status_code == 403

    def test_keeps_its_hearing_in_a_log(self, as_keeper, things):
        assert "Ungdomsrådet" in text_of(as_keeper.get(of_plan(things, "logg/")))

        sent = {"on": clock.today().isoformat(), "body": "other", "body_name": "", "what": "heard", "text": "Enig."}
        assert as_keeper.post(of_plan(things, "logg/ny/"), sent).status_code == 422
        page = as_keeper.post(of_plan(things, "logg/ny/"), sent | {"body_name": "Frivilligsentralen"}, follow=True)
        assert "Frivilligsentralen" in text_of(page)

    def test_is_rolled_over_after_one_has_seen_what_goes_on(self, as_keeper, things):
        page = text_of(as_keeper.get(of_plan(things, "rullering/")))
        assert "Dette går inn i den neste" in page
        assert "Etablere pårørendeskole i hver bydel" in page

        year = clock.today().year + 4
        page = as_keeper.post(of_plan(things, "rullering/"), {"from_year": year, "to_year": year + 3}, follow=True)
        assert "Etablere pårørendeskole i hver bydel" in text_of(page)
        assert Strategy.objects.filter(replaces=things["strategy_id"]).exists()

    def test_asks_the_owners(self, as_keeper, things):
        due = clock.today() + timedelta(days=20)
        page = as_keeper.post(of_plan(things, "be-om-status/"), {"due_on": due.isoformat()}, follow=True)

        assert "Du har bedt om status for 1 tiltak" in text_of(page)
        assert measure_now(things).status_due_on == due

    def test_is_hidden_from_the_public_and_shown_again(self, as_keeper, things):
        as_keeper.post(of_plan(things, "avpubliser/"))
        assert not Strategy.objects.get(id=things["strategy_id"]).is_public
        as_keeper.post(of_plan(things, "publiser/"))
        assert Strategy.objects.get(id=things["strategy_id"]).is_public

    def test_is_only_read_when_it_is_over(self, as_keeper, things):
        as_keeper.post(of_plan(things, "avslutt/"))
        page = text_of(as_keeper.get(of_plan(things)))

        assert "Endre strategien" not in page
        assert "Nytt tiltak" not in page
        assert "Meld status" not in text_of(as_keeper.get(of_measure(things)))


def type_into(client, address, **typed):
    """Type into a form without sending it, as the page's script keeps it."""
    found = re.search(r'data-draft="([^"]+)"', client.get(address).content.decode())
    assert client.post(unescape(found[1]), typed).status_code == 204


@pytest.fixture
def reported(things, keeper):
    """The report of a year, to be written on."""
    year = things_of_strategy.REPORT_YEAR
    draft_report(actor=keeper, strategy_id=things["strategy_id"], year=year, language="nb")


class TestDrafts:
    @pytest.mark.parametrize(
        ("address", "field", "rest"),
        [
            (
                lambda things: of_measure(things, "status/"),
                "text",
                {"status": "done", "light": "green", "version": "1", "on": clock.today().isoformat()},
            ),
            (of_area, "text", {"title": "Barn og unge"}),
            (of_section, "tekst", {}),
        ],
    )
    def test_what_is_typed_stays_until_it_is_sent(self, as_keeper, reported, things, address, field, rest):
        at = address(things)
        hidden = dict(re.findall(r'name="(seen|sett)" value="([^"]*)"', as_keeper.get(at).content.decode()))

        type_into(as_keeper, at, **{field: "Halvskrevet setning"})
        assert "Halvskrevet setning" in text_of(as_keeper.get(at))

        assert as_keeper.post(at, {**rest, **hidden, field: "Ferdig skrevet."}).status_code == 302
        assert "Halvskrevet setning" not in text_of(as_keeper.get(at))

    def test_a_report_and_its_correction_are_two_drafts(self, as_keeper, things):
        (report,) = StatusReport.objects.filter(measure_id=things["measure_id"])
        type_into(as_keeper, of_measure(things, f"status/?retter={report.id}"), text="Bare en retting")

        assert "Bare en retting" not in text_of(as_keeper.get(of_measure(things, "status/")))

    def test_a_section_begun_anew_shows_what_has_been_reported_and_not_ones_own_draft(
        self, as_keeper, reported, things
    ):
        at = of_section(things)
        type_into(as_keeper, at, tekst="Halvskrevet setning")

        assert "Halvskrevet setning" not in text_of(as_keeper.get(f"{at}?utkast"))
        assert "Halvskrevet setning" in text_of(as_keeper.get(at))


class TestAMeasure:
    def test_shows_reports_figures_and_links_that_open_what_carries_it_out(self, as_nurse, things):
        page = text_of(as_nurse.get(of_measure(things)))

        assert "To kurs er holdt." in page
        assert "34 personer" in page
        assert "Gjennomføre en nasjonal undersøkelse" in page
        assert "PV-2.1.1" in page
        assert "Meld status" not in page

    def test_takes_a_report_with_what_was_said_last_beside_it(self, as_keeper, things):
        shown = text_of(as_keeper.get(of_measure(things, "status/")))
        assert "Dette ble sagt sist" in shown
        assert "To kurs er holdt." in shown

        sent = {"status": "done", "light": "green", "text": "Alle kurs er holdt.", "version": "1"}
        page = as_keeper.post(of_measure(things, "status/"), sent | {"on": clock.today().isoformat()}, follow=True)

        assert "Alle kurs er holdt." in text_of(page)
        assert measure_now(things).status == MeasureStatus.DONE

    def test_keeps_what_was_typed_when_somebody_else_told_first(self, as_keeper, keeper, things):
        told = ReportDetails(clock.today(), MeasureStatus.UNDER_WAY, Light.GREEN, "Kurs nummer tre er holdt.")
        services.report_status(actor=keeper, measure_id=things["measure_id"], details=told)
        sent = {"status": "done", "light": "green", "text": "Mine ord.", "version": "1"}
        page = as_keeper.post(of_measure(things, "status/"), sent | {"on": clock.today().isoformat()})

        assert page.status_code == 409
        assert "Mine ord." in text_of(page)
        assert "Kurs nummer tre er holdt." in text_of(page)

    def test_is_not_told_of_without_words(self, as_keeper, things):
        page = as_keeper.post(of_measure(things, "status/"), {"status": "done", "light": "green", "evidence": "Lister"})

        assert page.status_code == 422
        assert "Lister" in text_of(page)

    def test_a_report_is_put_right_by_another(self, as_keeper, keeper, things):
        wrong = selectors.measure(actor=keeper, measure_id=things["measure_id"]).reports[0]
        sent = {"status": "under_way", "light": "red", "text": "Ett kurs.", "version": "1"}
        address = of_measure(things, f"status/?retter={wrong.id}")
        page = as_keeper.post(address, sent | {"on": clock.today().isoformat()}, follow=True)

        assert "Rettet av en senere melding." in text_of(page)
        assert measure_now(things).light == Light.RED

    def test_is_changed_with_owners_and_goals(self, as_keeper, house, things):
        sent = {
            "text": "Etablere kurs", "owners": "3", "owner0-name": "Kurs og samtaler", "owner0-unit": str(house.carers),
            "owner1-name": "Frivilligsentralen", "owner1-unit": "", "budget": "250000", "services": ["home_care"],
            "version": measure_now(things).version,
        }  # fmt: skip
        page = text_of(as_keeper.post(of_measure(things, "endre/"), sent, follow=True))

        assert "Frivilligsentralen" in page
        assert "250 000 kroner" in page.replace("\N{NO-BREAK SPACE}", " ")
        assert not measure_now(things).goal_links.exists()

    def test_gets_room_for_more_owners_without_script(self, as_keeper, things):
        page = as_keeper.post(of_measure(things, "endre/"), {"text": "", "owners": "3", "gjor": "mer"})

        assert page.status_code == 200
        assert 'name="owner4-name"' in page.content.decode()

    def test_is_stopped_with_why(self, as_keeper, things):
        page = as_keeper.post(of_measure(things, "stopp/"), {"why": "Andre gjør det."}, follow=True)

        assert "Andre gjør det." in text_of(page)
        assert measure_now(things).status == MeasureStatus.STOPPED

    def test_gets_a_figure_and_a_value_with_its_source(self, as_keeper, things):
        as_keeper.post(of_measure(things, "indikator/"), {"name": "Ventetid", "unit_of_value": "uker", "target": "2,5"})
        indicator = measure_now(things).indicators.get(name="Ventetid")
        at, today = of_measure(things, f"indikator/{indicator.id}/"), clock.today().isoformat()
        assert as_keeper.post(f"{at}verdi/", {"value": "3", "first_day": today, "last_day": today}).status_code == 422
        sent = {"value": "3,5", "first_day": today, "last_day": today, "source": "Ventelista"}
        page = text_of(as_keeper.post(f"{at}verdi/", sent, follow=True))

        assert "3,5 uker" in page
        assert "Ventelista" in page

    def test_is_linked_to_what_one_finds(self, as_keeper, things):
        page = text_of(as_keeper.get(of_measure(things, "lenker/"), {"slag": "national", "q": "undersøkelse"}))
        assert "Gjennomføre en nasjonal undersøkelse" in page
        assert "Koblet til" in page

        sent = {"label": "Kurs i samtaler", "address": "https://example.org/kurs"}
        page = text_of(as_keeper.post(of_measure(things, "lenker/?slag=course"), sent, follow=True))
        assert "https://example.org/kurs" in page
        as_keeper.post(of_measure(things, f"lenker/{things['measure_link_id']}/fjern/"))
        assert not measure_now(things).links.filter(id=things["measure_link_id"]).exists()


class TestTheBoard:
    def test_has_lanes_and_a_table_and_is_narrowed(self, as_nurse, things):
        page = text_of(as_nurse.get(of_plan(things, "tavle/")))
        assert page.count("1.1 Etablere pårørendeskole i hver bydel") == 1
        as_table = text_of(as_nurse.get(of_plan(things, "tavle/"), {"vis": "tabell"}))
        assert as_table.count("1.1 Etablere pårørendeskole i hver bydel") == 1

        assert "Vis alle" in text_of(as_nurse.get(of_plan(things, "tavle/"), {"q": "finnes ikke"}))
        for narrowed in ({"lys": "yellow"}, {"status": "under_way"}, {"mangler": "decision"}, {"q": "skole"}):
            assert "1.1 Etablere" in text_of(as_nurse.get(of_plan(things, "tavle/"), narrowed))
        for narrowed in ({"lys": "red"}, {"status": "done"}, {"mangler": "owner"}, {"ar": "2001"}):
            assert "1.1 Etablere" not in text_of(as_nurse.get(of_plan(things, "tavle/"), narrowed))

    @pytest.mark.parametrize("nonsense", [{"omrade": "x"}, {"ar": "ø"}, {"status": "?"}, {"side": "-4"}, {"q": "\0"}])
    def test_what_cannot_be_meant_narrows_nothing(self, as_nurse, things, nonsense):
        assert "1.1 Etablere" in text_of(as_nurse.get(of_plan(things, "tavle/"), nonsense))

    def test_is_given_out_as_a_table(self, as_nurse, things):
        file = as_nurse.get(of_plan(things, "tavle/tiltak.csv")).content.decode("utf-8-sig")

        assert file.splitlines()[0].startswith("Nummer;Innsatsområde;Tiltak")
        assert "1.1;Støtte til pårørende;Etablere pårørendeskole i hver bydel;Hjemmetjenesten vest" in file

    def test_of_all_strategies_leaves_the_national_one_out(self, as_nurse, things):
        page = text_of(as_nurse.get(f"{LIST}tavle/"))

        assert "Etablere pårørendeskole" in page
        assert "nasjonal undersøkelse" not in page


class TestOverTimeAndCoverage:
    @pytest.mark.parametrize("by", ["omrade", "ansvarlig"])
    def test_the_picture_has_a_table_that_says_the_same(self, as_nurse, things, by):
        page = as_nurse.get(of_plan(things, "tidslinje/"), {"etter": by}).content.decode()
        picture, table = page.split('id="tabell"')

        assert 'data-status="under_way"' in picture
        assert "Etablere pårørendeskole" in picture
        assert "Etablere pårørendeskole i hver bydel" in table
        assert "I gang" in table

    def test_coverage_shows_what_is_touched_and_what_is_not(self, as_nurse, things):
        page = text_of(as_nurse.get(of_plan(things, "dekning/")))
        assert "Planen berører 1 av 1 tiltak" in page
        assert "PV-2.1.1" in page
        assert (
            "Etablere pårørendeskole"
            not in text_of(as_nurse.get(of_plan(things, "dekning/"), {"vis": "uten"})).split("Linjer i veilederen")[0]
        )


class TestAFile:
    def test_is_made_by_a_job_for_whoever_asked(self, as_keeper, things):
        page = as_keeper.post(of_plan(things, "eksport/xlsx/"), follow=True)

        assert "Filen lages" in text_of(page)
        assert as_keeper.post(of_plan(things, "eksport/pdf/")).status_code == 404
