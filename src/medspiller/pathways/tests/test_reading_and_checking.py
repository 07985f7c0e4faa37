"""Pathways that cannot be right are refused, each with its place and in words for whoever wrote them."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from medspiller.content.domain.kinds import CaseFile
from medspiller.content.domain.loading import Library
from medspiller.pathways.domain.conditions import Every, FactIs, Guess, Happened, Not, Outcome, Some, StepCameTo, Truth
from medspiller.pathways.domain.content_guideline import GUIDELINE_KIND, lines_in
from medspiller.pathways.domain.content_letters import LETTER_KIND, letter_in
from medspiller.pathways.domain.content_pathways import PATHWAY_KIND
from medspiller.pathways.domain.reading import pathway_in
from medspiller.pathways.domain.vocabulary import OWNERS, Event, Place
from medspiller.pathways.tests.factories import FORM, body, definition, step, texts, without_due

Change = Callable[[dict[str, Any]], None]


def changed(change: Change | None = None) -> dict[str, Any]:
    """The body of the pathway, changed by a function."""
    made = body()
    if change:
        change(made)
    return made


def said(change: Change | None = None) -> list[str]:
    """Everything that is wrong with it by itself."""
    return [f"{one.element}: {one.message}" for one in PATHWAY_KIND.check(definition(changed(change)))]


def put(path: str, value: Any) -> Change:
    """Return a change of what stands at a place; `+` adds to a list."""

    def change(made: Any) -> None:
        *way, last = path.split(".")
        for part in way:
            made = made[int(part) if part.isdigit() else part]
        if last == "+":
            made.append(value)
        else:
            made[int(last) if last.isdigit() else last] = value

    return change


FIRST, MEET = "phases.0.steps.0", "phases.1.steps.0"
WRONG: list[tuple[str, Any, str]] = [
    # Of the wrong shape
    ("phases", [], "phases: is empty"),
    ("colour", "red", "colour is not known here"),
    (f"{FIRST}.title", {"nb": "Ring"}, "nn, en is missing"),
    (f"{FIRST}.who", [], "who: is empty"),
    ("exit", [], "exit: is empty"),
    # Cannot be read
    ("trigger.event", "birthday", "birthday is no event"),
    ("phases.0.ends", "someday", "someday is neither `steps` nor a condition"),
    (f"{FIRST}.due", {"after": "start"}, "says nothing of how long"),
    (f"{FIRST}.due", {"after": "start", "days": 1, "weeks": 1}, "says days and weeks"),
    (f"{FIRST}.due", {"after": "tomorrow", "days": 1}, "tomorrow is none of start, phase"),
    (f"{FIRST}.due", {"after": "step", "days": 1}, "step is none of start, phase"),
    (f"{FIRST}.due", {"after": "start", "days": -1}, "only an event can lie ahead"),
    (f"{FIRST}.done", "always", "always is neither `confirm`"),
    (f"{FIRST}.done", {"response": FORM, "event": "death"}, "names one of response, event and fact"),
    (f"{FIRST}.done", {"given_within": {"days": 3}}, "names one of response, event and fact"),
    (f"{FIRST}.done", {"event": "death", "given_within": {"days": 3}}, "is for answers to a questionnaire"),
    (f"{FIRST}.done", {"response": FORM, "given_within": {"days": -3}}, "so not less than nothing"),
    (f"{FIRST}.done", {"response": FORM, "given_within": {}}, "given_within: says nothing of how long"),
    (f"{FIRST}.when", {"fact": "children", "is": "yes"}, "must be true or false"),
    (f"{FIRST}.when", {"fact": "children", "or": "else"}, "is no condition that we know"),
    (f"{FIRST}.when", {"any": [{"fact": "children"}]}, "holds fewer than two"),
    (f"{FIRST}.basis", {}, "does not say that it is local practice"),
    (f"{FIRST}.uses", {}, "names one of questionnaire, letter or page"),
    (f"{MEET}.repeats", {}, "either a `rhythm`, or `each`"),
    (f"{MEET}.repeats.rhythm.0", {"days": 0}, "comes back at once"),
    (f"{MEET}.repeats.rhythm.0", {"days": 2}, "so what follows is never reached"),
    ("exit.1.fact", "children", "names event and fact"),
    # Names that mean nothing
    ("holder", "king", "king is no role"),
    (f"{FIRST}.who", ["king"], "king is no role"),
    ("events", ["admitted", "discharged", "death", "birthday"], "birthday is no event"),
    (f"{FIRST}.when", {"fact": "rich"}, "the fact rich is not declared"),
    (f"{FIRST}.when", {"event": "moved"}, "the event moved is not declared"),
    (f"{MEET}.when", {"step": "nothing"}, "there is no step nothing"),
    (f"{MEET}.when", {"step": "call", "result": "perhaps"}, "call has no result perhaps; it has agreed, declined"),
    (f"{MEET}.waits_for", ["nothing"], "there is no step nothing"),
    (f"{MEET}.waits_for", ["meet"], "names the step itself"),
    (f"{FIRST}.due", {"after": "step:nothing", "days": 1}, "there is no step nothing"),
    (f"{FIRST}.due", {"after": "event:moved", "days": 1}, "the event moved is not declared"),
    (f"{MEET}.repeats", {"each": "moved"}, "the event moved is not declared"),
    ("exit.1.event", "moved", "the event moved is not declared"),
    ("evaluation", "nothing", "there is no step nothing"),
    ("evaluation", ["evaluate", "call"], "call does not repeat"),
    ("exit.0.leads_to", "by-the-side", "leads back to this pathway itself"),
    # No sense
    (f"{FIRST}.waits_for", ["meet"], "meet stands in a later phase"),
    (f"{FIRST}.waits_for", ["school"], "wait for each other in a circle"),
    ("phases.1.ends", "steps", "repeats without end, so after is never reached"),
    ("phases.1.ends", {"event": "identified"}, "is there from the start"),
    ("exit.1.event", "identified", "is there from the start"),
    (f"{MEET}.when", {"all": [{"fact": "children"}, {"not": {"fact": "children"}}]}, "can never hold"),
    ("phases.1.ends", {"all": [{"fact": "children"}, {"fact": "children", "is": False}]}, "the phase never ends"),
    (f"{FIRST}.done", {"event": "identified"}, "is done by the trigger"),
    ("phases.0.steps.1.results", [{"code": "a", "text": texts("a")}] * 2, "are for steps that somebody confirms"),
    ("phases.0.steps.+", without_due("walk"), "phases[0].steps[4].due: is missing"),
    ("phases.0.steps.+", step("call"), "call is used twice"),
    ("phases.0.steps.+", step("walk", title=texts("x" * 81)), "is 81 characters long"),
    ("phases.0.steps.+", step("walk", statutory=True), "names no law and no line"),
    ("phases.0.steps.+", step("walk", basis={"law": ["pbrl § 1-1"]}), "names what the law demands: say true"),
    ("phases.0.steps.+", step("walk", for_carer=texts("x" * 201)), "for_carer.nb: is 201 characters long"),
    ("own_title", texts("x" * 71), "own_title.nb: is 71 characters long"),
    ("facts.children.owner", "nurse", "owner"),
    ("tells", {"conditions": ["sadness"]}, "tells.conditions"),
    ("tells", {"situations": ["rich"]}, "tells.situations"),
    ("tells", {"weather": ["fine"]}, "weather is not known here"),
    ("certainty", "check", "to_check: belongs to `certainty: check`"),
    ("slug", "other", "slug: must be"),
]


class TestOneAlone:
    def test_the_example_is_right(self):
        assert said() == []

    def test_who_does_not_say_what_follows_for_offers_is_reminded(self):
        (reminder,) = said(lambda made: made.pop("tells"))

        assert reminder.startswith("tells: is missing")

    @pytest.mark.parametrize(("path", "value", "message"), WRONG, ids=[message[:40] for *_, message in WRONG])
    def test_what_is_wrong_is_said_with_its_place(self, path, value, message):
        if path == "slug":
            made = definition(changed())
            made.__dict__["file"] = "no.medspiller.examples/pathways/other.yaml"
            assert "slug: is by-the-side, and the file is called other" in [
                f"{one.element}: {one.message}" for one in PATHWAY_KIND.check(made)
            ]
            return
        assert message in "\n".join(said(put(path, value)))

    @pytest.mark.parametrize(
        ("more", "of"),
        [
            ({"when": {"fact": "children"}}, "children"),
            ({"when": {"not": {"fact": "children"}}}, "children"),
            ({"when": {"any": [{"event": "death"}, {"fact": "winding-up"}]}}, "death"),
            ({"when": {"step": "school"}}, "children"),
            ({"due": {"after": "event:admitted", "days": 1}}, "admitted"),
            ({"due": {"after": "event:admitted", "days": 1}, "repeats": {"each": "admitted"}}, "admitted"),
        ],
        ids=["a fact", "its opposite", "an event", "by way of a step", "a day", "each time"],
    )
    def test_a_carer_reads_nothing_of_a_step_that_gives_away_what_is_the_patients(self, more, of):
        def change(made: dict[str, Any]) -> None:
            made["facts"]["children"]["owner"] = "patient"
            made["phases"][0]["steps"].append(step("walk", for_carer=texts("Vi går en tur."), **more))

        assert [one for one in said(change) if f"tells the carer of {of}, which is the patient's" in one]

    def test_a_carer_reads_of_what_is_theirs_and_of_what_has_not_happened(self):
        def change(made: dict[str, Any]) -> None:
            put("facts.children.owner", "patient")(made)
            when = {"all": [{"not": {"event": "death"}}, {"fact": "winding-up"}]}
            made["phases"][0]["steps"].append(step("walk", for_carer=texts("Vi går en tur."), when=when))

        assert said(change) == []

    def test_everything_is_told_at_once(self):
        def change(made: dict[str, Any]) -> None:
            put("holder", "king")(made)
            put(f"{FIRST}.when", {"fact": "rich"})(made)
            put("evaluation", "call")(made)

        assert len(said(change)) >= 3

    def test_what_nobody_uses_is_a_warning(self):
        made = changed(put("facts.rich", {"label": texts("Rich?")}))
        (found,) = PATHWAY_KIND.check(definition(made))

        assert (found.element, found.is_error) == ("facts.rich", False)

    def test_a_step_may_stop_by_its_own_result(self):
        last = [{"code": "go-on", "text": texts("a")}, {"code": "enough", "text": texts("b")}]

        def change(made: dict[str, Any]) -> None:
            put(f"{MEET}.results", last)(made)
            put(f"{MEET}.repeats.until", {"step": "meet", "result": "enough"})(made)

        assert said(change) == []


GUIDELINE = {
    "url": "https://medspiller.no/guideline/pv-9-1",
    "version": "1",
    "status": "active",
    "section": "9.1",
    "title": texts("A section"),
    "lines": [
        {"id": "PV-9.1.1", "type": "krav", "target": ["K"], "text": texts("Do."), "law": ["§ 1"], "certainty": "law"},
        {"id": "PV-9.1.2", "type": "anbefaling", "target": ["A"], "text": texts("Ask."), "certainty": "background"},
    ],
}
LETTER = {
    "url": "https://medspiller.no/letters/hello",
    "version": "1",
    "status": "active",
    "slug": "hello",
    "title": texts("Hello"),
    "body": texts("Hello from {unit}.\n\nCall {contact}\nsoon."),
    "sources": [{"ref": "Local practice"}],
}


def among(change: Change | None = None, *, with_cases: bool = True) -> list[str]:
    """Everything that is wrong with it beside other content."""
    one = definition(changed(change))
    others = (definition(GUIDELINE, kind="guideline"), definition(LETTER, kind="letters"))
    cases = {one.file: CaseFile(package="x", file="x", cases=())} if with_cases else {}
    library = Library(definitions=(one, *others), cases=cases)
    return [found.message for found in PATHWAY_KIND.check_among(one, library)]


class TestAmongOthers:
    def test_the_example_is_right(self):
        assert among() == []

    def test_names_the_questionnaires_it_rests_on(self):
        made = changed(put(f"{FIRST}.uses", {"questionnaire": f"{FORM}|2"}))

        assert [(one.url, one.version) for one in PATHWAY_KIND.references(definition(made))] == [
            (FORM, "2"),
            (FORM, None),
        ]

    def test_needs_cases(self):
        assert among(with_cases=False) == ["has no cases; write 3 into cases/by-the-side.yaml"]

    @pytest.mark.parametrize(
        ("path", "value", "message"),
        [
            ("exit.0.leads_to", "nowhere", "there is no pathway nowhere"),
            (f"{FIRST}.uses", {"letter": "nothing"}, "there is no letter nothing"),
            (f"{MEET}.basis", {"lines": ["PV-9.1.7"]}, "there is no guideline line PV-9.1.7"),
            (f"{MEET}.basis", {"lines": ["PV-9.1.1"]}, "names what the law demands: say true"),
            ("phases.0.steps.+", step("w", basis={"lines": ["PV-9.1.2"]}, statutory=True), "is demanded by no law"),
        ],
    )
    def test_names_what_is_not_there(self, path, value, message):
        assert message in "\n".join(among(put(path, value)))

    def test_knows_lines_and_letters(self):
        def change(made: dict[str, Any]) -> None:
            put(f"{FIRST}.uses", {"letter": "hello"})(made)
            put("phases.0.steps.+", step("w", basis={"lines": ["PV-9.1.1"]}, statutory=True))(made)

        assert among(change) == []


class TestTheGuideline:
    def test_is_read_line_by_line(self):
        first, second = lines_in(definition(GUIDELINE, kind="guideline"))

        assert (first.id, first.law, first.may_be_quoted) == ("PV-9.1.1", ("§ 1",), True)
        assert not second.may_be_quoted

    @pytest.mark.parametrize(
        ("path", "value", "message"),
        [
            ("section", "9.2", "belongs into pv-9-2.yaml"),
            ("lines.1.id", "PV-9.1.1", "PV-9.1.1 is used twice"),
            ("lines.1.id", "PV-8.1.1", "does not belong to section 9.1"),
            ("lines.1.type", "krav", "is `krav`, so it names its law"),
            ("lines.0.target", ["X"], "X is none of K, S, A, T"),
        ],
    )
    def test_is_refused_where_it_contradicts_itself(self, path, value, message):
        made = deepcopy(GUIDELINE)
        put(path, value)(made)
        found = GUIDELINE_KIND.check(definition(made, kind="guideline") if path != "section" else _misplaced(made))

        assert message in "\n".join(one.message for one in found)


def _misplaced(made: dict[str, Any]) -> Any:
    right = definition({**made, "section": "9.1"}, kind="guideline")
    wrong = definition(made, kind="guideline")
    wrong.__dict__["file"] = right.file
    return wrong


class TestLetters:
    def test_are_filled_in_paragraph_by_paragraph(self):
        letter = letter_in(definition(LETTER, kind="letters"))

        assert letter.paragraphs("nb", {Place.UNIT: "Hjemmetjenesten"}) == (
            "Hello from Hjemmetjenesten.",
            "Call ________ soon.",
        )

    @pytest.mark.parametrize("strange", ["{patient}", "{diagnosis}", "{", "{}"])
    def test_have_no_place_for_anybodys_health(self, strange):
        made = {**LETTER, "body": texts(f"Dear {strange}")}

        assert "cannot be filled in" in "\n".join(
            one.message for one in LETTER_KIND.check(definition(made, kind="letters"))
        )

    def test_say_the_same_in_every_language(self):
        made = {**LETTER, "body": {**texts("Call {contact}."), "nn": "Ring."}}
        (found,) = LETTER_KIND.check(definition(made, kind="letters"))

        assert "the same places in every language" in found.message


YES, NO, OPEN = Truth(True), Truth(False), Truth(None, ("a",))
A, B = FactIs("a"), FactIs("b")
KNOWN = Guess(
    facts={"b": True}, happened=frozenset({"death"}), outcomes={"call": Outcome(was_done=True, result="agreed")}
)


@pytest.mark.parametrize(
    ("condition", "truth"),
    [
        (A, OPEN),
        (B, YES),
        (FactIs("b", wanted=False), NO),
        (Not(A), OPEN),
        (Not(B), NO),
        (Every((A, B)), OPEN),
        (Every((A, Not(B))), NO),
        (Some((A, B)), YES),
        (Some((A, Not(B))), OPEN),
        (Happened("death"), YES),
        (Happened("moved"), NO),
        (StepCameTo("call"), YES),
        (StepCameTo("call", "declined"), NO),
        (StepCameTo("other"), Truth(None, (), ("other",))),
        (Every((A, StepCameTo("other"))), Truth(None, ("a",), ("other",))),
    ],
)
def test_a_condition_has_three_answers(condition, truth):
    assert condition.hold(KNOWN) == truth


def test_every_event_has_an_owner():
    assert set(OWNERS) == set(Event)


def test_reading_keeps_what_was_written():
    pathway = pathway_in(definition())

    assert list(pathway.steps)[:3] == ["call", "ask", "school"]
    assert pathway.steps["call"].is_statutory
    assert pathway.responses == {FORM}
    assert pathway.reacts_to == {"identified", "admitted", "discharged", "death"}
    assert pathway.patients_events == {"admitted", "discharged", "death"}
