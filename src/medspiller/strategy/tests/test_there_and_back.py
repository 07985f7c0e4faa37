"""A whole plan given out, read again and confirmed is the same plan: in Word, in Excel, by page and by command."""

import json
from contextlib import nullcontext
from decimal import Decimal

import pytest

from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role
from medspiller.cli import strategy as command
from medspiller.cli.main import main
from medspiller.content import services as content
from medspiller.statistics.domain.content_indicators import INDICATORS
from medspiller.strategy import selectors, services
from medspiller.strategy.domain.inputs import IndicatorDetails, OwnerChoice
from medspiller.strategy.domain.refusals import Refusal, StrategyRefused
from medspiller.strategy.domain.vocabulary import Level, LinkKind, Service
from medspiller.strategy.models import ImportedPlan, Measure, MeasureGoal, MeasureIndicator, MeasureLink, Strategy
from medspiller.strategy.tests import factories
from medspiller.strategy.tests.guideline_content import definitions
from medspiller.strategy.worker.plans import read_file, write_docx, write_xlsx

TEXT = "Kurs for foreldre:\r\n- dagtid\r\n\r\nOgså på kveld."
WRITERS = {"plan.docx": write_docx, "plan.xlsx": write_xlsx}


@pytest.fixture
def owner(house):
    return factories.owner_of(house.tenant_id, house.top)


@pytest.fixture
def national(house):
    return factories.national(house.tenant_id)[1]


@pytest.fixture
def published(house):
    """The indicators that are computed here."""
    indicators = [one for one in definitions() if one.kind == INDICATORS]
    content.publish(actor=actors.system(house.tenant_id), definitions=indicators)


@pytest.fixture
def plan(owner, national, published) -> Strategy:
    """Two areas called the same, and a measure of which everything is said that a plan can say."""
    row = factories.draft(owner)
    first, second = factories.area(owner, row, "Barn"), factories.area(owner, row, "Barn")
    services.change_area(
        actor=owner, area_id=first.id, title="Barn", text="Om området.\r\n\r\nMål\r\nTiltak: som i teksten"
    )
    goals = [
        services.add_goal(actor=owner, area_id=area.id, text=text).id
        for area, text in ((first, "Alle blir sett"), (first, "Alle blir hørt"), (second, "Ingen står alene"))
    ]
    services.add_approach(actor=owner, area_id=first.id, text="Vi spør")
    said = factories.measure(
        owner, first, TEXT, owners=[OwnerChoice("Helse og sosial, avdeling vest"), OwnerChoice("Skole")],
        from_year=2026, budget=250_000, funding="Statlige midler\nEgne midler", partners="Pårørendesenteret",
        deliverables="Kurshefte", notes=["Se sak 12/25"], services=[Service.SCHOOL_HEALTH, Service.OTHER],
        learnt="Spør tidlig.\nSpør igjen.",
    )  # fmt: skip
    factories.measure(owner, second, "Samtalegrupper")
    services.set_goals(actor=owner, measure_id=said.id, goal_ids=[goals[1], goals[2]])
    links = {"measure_id": said.id, "actor": owner}
    services.link_measure(kind=LinkKind.NATIONAL, target_measure_id=national.id, **links)
    services.link_measure(kind=LinkKind.GUIDELINE, ref="PV-2.1.7", label="Spør hvem de er", **links)
    for kind in set(LinkKind) - {LinkKind.NATIONAL, LinkKind.GUIDELINE}:
        services.link_measure(kind=kind, ref=f"https://eksempel.no/{kind}/a_b", **links)
    for details in (
        IndicatorDetails("Deltakere", "personer", "Alle som har møtt.", Decimal("12.5")),
        IndicatorDetails("Spurte barn", indicator="children-asked"),
    ):
        services.add_indicator(actor=owner, measure_id=said.id, details=details)
    return row


def told(plan):
    answer = plan.as_json()
    del answer["warnings"]
    return answer


def confirmed_again(owner, plan, read):
    """Confirm what was read as a plan of other years, and return what is stored of it."""
    row = services.import_plan(
        actor=owner, file_name="plan", reading=read.plan.as_record(), source_lines=read.source_lines,
        level=Level.MUNICIPAL,
    )  # fmt: skip
    made = services.confirm_import(actor=owner, import_id=row.id, owner_name="En annen")
    return told(selectors.export_plan(actor=owner, strategy_id=made.id))


@pytest.mark.parametrize("name", WRITERS)
class TestTheSamePlan:
    def test_is_read_from_the_file(self, owner, plan, name):
        given = selectors.export_plan(actor=owner, strategy_id=plan.id)

        read = read_file(WRITERS[name](given), name)

        assert told(read.plan) == told(given)
        assert read.plan.warnings == []

    def test_is_stored_when_it_is_confirmed(self, owner, plan, name):
        given = selectors.export_plan(actor=owner, strategy_id=plan.id)

        stored = confirmed_again(owner, plan, read_file(WRITERS[name](given), name))

        assert stored == told(given)
        (measure,) = (each for each in stored["focus_areas"][0]["measures"])
        assert (measure["budget"], measure["serves"], len(measure["links"]), len(measure["indicators"])) == (
            250_000, ["1.2", "2.1"], 7, 2,
        )  # fmt: skip
        assert measure["text"] == "Kurs for foreldre:\n- dagtid\n\nOgså på kveld."
        assert (measure["services"], measure["learnt"]) == (["other", "school_health"], "Spør tidlig.\nSpør igjen.")

    def test_says_in_a_note_which_national_measure_is_not_here(self, owner, plan, national, name):
        read = read_file(WRITERS[name](selectors.export_plan(actor=owner, strategy_id=plan.id)), name)
        Measure.objects.filter(id=national.id).update(text="Noe annet")
        Strategy.objects.filter(id=national.strategy_id).update(slug="en-annen")

        stored = confirmed_again(owner, plan, read)

        assert stored["focus_areas"][0]["measures"][0]["notes"] == [
            "Se sak 12/25", "Spør alle (nasjonal-strategi 1.1)",
        ]  # fmt: skip

    def test_links_to_a_national_measure_by_the_beginning_of_a_long_text(self, owner, plan, national, name):
        Measure.objects.filter(id=national.id).update(text=f"Spør alle {'pårørende ' * 60}i hele landet")
        read = read_file(WRITERS[name](selectors.export_plan(actor=owner, strategy_id=plan.id)), name)
        Strategy.objects.filter(id=national.strategy_id).update(slug="en-annen")

        stored = confirmed_again(owner, plan, read)

        kinds = [each["kind"] for each in stored["focus_areas"][0]["measures"][0]["links"]]
        assert kinds.count("national") == 1
        assert stored["focus_areas"][0]["measures"][0]["notes"] == ["Se sak 12/25"]

    def test_follows_by_hand_what_is_computed_elsewhere_only_and_says_so_in_a_note(self, owner, plan, name):
        MeasureIndicator.objects.filter(indicator="children-asked").update(indicator="elsewhere")
        read = read_file(WRITERS[name](selectors.export_plan(actor=owner, strategy_id=plan.id)), name)

        measure = confirmed_again(owner, plan, read)["focus_areas"][0]["measures"][0]

        assert measure["indicators"][1] == {"name": "Spurte barn"}
        assert measure["notes"] == ["Se sak 12/25", "Spurte barn (elsewhere)"]


def test_of_two_national_measures_that_begin_alike_the_number_tells_which(owner, house, plan, national):
    text = f"Spør alle {'pårørende ' * 60}"
    other = factories.measure(owner, national.area, f"{text}i byen")
    Measure.objects.filter(id=national.id).update(text=f"{text}på landet")
    read = read_file(write_docx(selectors.export_plan(actor=owner, strategy_id=plan.id)), "plan.docx")

    confirmed_again(owner, plan, read)

    linked = MeasureLink.objects.filter(target_measure__in=[national, other]).values_list("target_measure", flat=True)
    assert list(linked) == [national.id, national.id]


def test_the_command_writes_what_it_reads(owner, house, plan, monkeypatch, capsysbinary, tmp_path):
    monkeypatch.setattr(command, "_as_system", lambda number: nullcontext(actors.system(house.tenant_id)))
    main(["strategy", "export", plan.slug, "--municipality", "3201", "--format", "xlsx"])
    file = tmp_path / "plan.xlsx"
    file.write_bytes(capsysbinary.readouterr().out)
    main(["strategy", "read", str(file)])
    answer = json.loads(capsysbinary.readouterr().out)

    assert answer.pop("warnings") == []
    assert answer == told(selectors.export_plan(actor=owner, strategy_id=plan.id))


class TestOnThePage:
    @pytest.fixture
    def waiting(self, owner, plan) -> ImportedPlan:
        read = read_file(write_docx(selectors.export_plan(actor=owner, strategy_id=plan.id)), "plan.docx")
        return services.import_plan(
            actor=owner, file_name="plan.docx", reading=read.plan.as_record(), source_lines=read.source_lines,
            level=Level.MUNICIPAL,
        )  # fmt: skip

    @pytest.fixture
    def as_owner(self, staff, house):
        return staff(Role.STRATEGY_OWNER, house.top)

    def test_all_of_it_is_shown_before_it_is_confirmed(self, as_owner, waiting):
        page = " ".join(as_owner.get(f"/arbeid/strategi/les-inn/{waiting.id}/").content.decode().split())

        for words in (
            "Om området.", "Budsjett: 250", "Betales av: Statlige midler", "Sammen med: Pårørendesenteret",
            "Dette kommer ut av det: Kurshefte", "Bidrar til mål: 1.2, 2.1", "Spør hvem de er",
            "Følges med på: Deltakere", "Utføres av: En annen tjeneste, Skolehelsetjeneste",
            "Dette har vi lært: Spør tidlig.",
        ):  # fmt: skip
            assert words in page

    def test_goals_are_served_where_they_have_come_to_stand(self, as_owner, waiting):
        # The first goal is left out, and the measure that serves the second moves to the other area.
        head = {"title": "Ny", "level": "municipal", "owner_name": "En annen", "from_year": 2025, "to_year": 2028}
        sent = {"a0g0-text": "Alle blir sett", "a0g0-out": "1", "a0m0-text": "Kurs for foreldre", "a0m0-area": "a1"}

        page = as_owner.post(f"/arbeid/strategi/les-inn/{waiting.id}/", head | sent)

        assert page.status_code == 302
        made = Strategy.objects.get(owner_name="En annen")
        served = MeasureGoal.objects.filter(measure__strategy=made, measure__area__number=2)
        assert set(served.values_list("goal__area__number", "goal__number", "goal__text")) == {
            (1, 1, "Alle blir hørt"), (2, 1, "Ingen står alene"),
        }  # fmt: skip


class TestWhatCannotBeStored:
    @pytest.mark.parametrize(
        ("said", "why", "field"),
        [
            ({"serves": ["1.9"]}, Refusal.NOT_OF_STRATEGY, "serves"),
            ({"serves": ["to"]}, Refusal.NOT_OF_STRATEGY, "serves"),
            ({"budget": -1}, Refusal.NEGATIVE, "budget"),
            ({"budget": "mye"}, Refusal.NEGATIVE, "budget"),
            ({"links": [{"kind": "annet", "ref": "x"}]}, Refusal.UNKNOWN, "links"),
            ({"links": [{"kind": "guideline", "ref": ""}]}, Refusal.MISSING, "links"),
            ({"services": ["barnehage"]}, Refusal.UNKNOWN, "services"),
            ({"learnt": "x" * 6001}, Refusal.TOO_LONG, "learnt"),
            ({"indicators": [{"name": ""}]}, Refusal.MISSING, "indicators.name"),
            ({"indicators": [{"name": "a", "target": "mange"}]}, Refusal.UNKNOWN, "indicators"),
        ],
    )
    def test_is_named_with_its_place(self, owner, plan, said, why, field):
        row = services.import_plan(
            actor=owner, file_name="plan", reading=factories.READING, source_lines=factories.LINES,
            level=Level.MUNICIPAL,
        )  # fmt: skip
        measure = {"text": "Kurs", "owners": [], "from": None, "to": None, "notes": []} | said
        written = {"title": "Plan", "period": [2025, 2028], "focus_areas": [{"title": "Barn", "measures": [measure]}]}

        with pytest.raises(StrategyRefused) as refusal:
            services.confirm_import(actor=owner, import_id=row.id, plan=written)

        assert (refusal.value.why, refusal.value.field) == (why, f"focus_areas.0.measures.0.{field}")
