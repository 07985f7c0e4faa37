"""What publishing would do, and what it refuses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medspiller.content.domain import versions
from medspiller.content.domain.definitions import Status
from medspiller.content.domain.problems import ContentProblem
from medspiller.content.domain.publishing import Plan, Published, plan
from medspiller.content.tests.factories import note


def standing(*definitions):
    return {definition.key: Published(definition.digest, definition.status) for definition in definitions}


class TestPlan:
    def test_what_is_not_published_is_new(self):
        first = note()

        assert plan([first], {}) == Plan(new=(first,))

    def test_the_same_again_is_unchanged(self):
        first = note()

        found = plan([first], standing(first))

        assert found == Plan(unchanged=(first,))
        assert found.is_empty

    def test_a_published_definition_changed_in_place_is_refused_and_all_such_are_listed(self):
        greeting, farewell, kept = note(url="urn:greeting"), note(url="urn:farewell"), note(url="urn:kept")
        wanted = [note("Changed.", url="urn:greeting"), note("Changed too.", url="urn:farewell"), kept]

        with pytest.raises(ContentProblem) as refusal:
            plan(wanted, standing(greeting, farewell, kept))

        assert [problem.message for problem in refusal.value.problems] == [
            "urn:greeting|1 is published; raise its version",
            "urn:farewell|1 is published; raise its version",
        ]

    def test_a_draft_may_be_edited(self):
        before, after = note("Rough.", status=Status.DRAFT), note("Smooth.", status=Status.DRAFT)

        assert plan([after], standing(before)).changed == (after,)

    def test_a_draft_becomes_active(self):
        before, after = note(status=Status.DRAFT), note()

        assert plan([after], standing(before)).changed == (after,)

    def test_an_active_one_is_retired_by_its_file(self):
        before, after = note(), note(status=Status.RETIRED)

        assert plan([after], standing(before)).retired == (after,)

    @pytest.mark.parametrize(
        ("before", "after"),
        [(Status.ACTIVE, Status.DRAFT), (Status.RETIRED, Status.ACTIVE), (Status.RETIRED, Status.DRAFT)],
    )
    def test_nothing_goes_back(self, before, after):
        with pytest.raises(ContentProblem, match=f"is {before} and never becomes {after} again"):
            plan([note(status=after)], standing(note(status=before)))

    def test_the_same_twice_is_refused(self):
        with pytest.raises(ContentProblem, match="wanted twice"):
            plan([note(), note()], {})

    def test_what_is_published_and_not_wanted_stays(self):
        assert plan([], standing(note())).is_empty


DEFINITIONS = st.builds(
    note,
    st.sampled_from(["a", "b"]),
    url=st.sampled_from(["urn:one", "urn:two", "urn:three"]),
    version=st.sampled_from(["1", "2"]),
    status=st.sampled_from(list(Status)),
)
SETS = st.lists(DEFINITIONS, max_size=6, unique_by=lambda definition: definition.key)


@given(wanted=SETS, before=SETS)
def test_a_plan_puts_everything_in_one_place_overwrites_nothing_and_is_done_after_one_time(wanted, before):
    published = standing(*before)
    try:
        found = plan(wanted, published)
    except ContentProblem:
        return  # whether it had a reason is the next test

    parts = [*found.new, *found.changed, *found.retired, *found.unchanged]
    assert sorted(parts, key=wanted.index) == wanted
    for definition in wanted:
        was = published.get(definition.key)
        assert was is None or was.status is Status.DRAFT or was.digest == definition.digest
        assert was is None or was.status.may_become(definition.status)
    after = published | standing(*found.new, *found.changed, *found.retired)
    assert plan(wanted, after) == Plan(unchanged=tuple(wanted))


@given(wanted=SETS, before=SETS)
def test_a_plan_is_refused_only_for_a_reason(wanted, before):
    published = standing(*before)
    reasons = [
        one
        for one in wanted
        if one.key in published
        and (
            (published[one.key].status is not Status.DRAFT and published[one.key].digest != one.digest)
            or not published[one.key].status.may_become(one.status)
        )
    ]

    if reasons:
        with pytest.raises(ContentProblem):
            plan(wanted, published)
    else:
        plan(wanted, published)


def test_the_digest_does_not_depend_on_the_status():
    assert note().digest == note(status=Status.RETIRED).digest


def test_the_digest_depends_on_what_it_is_called():
    assert len({note().digest, note(version="2").digest, note(url="urn:other").digest}) == 3


class TestVersions:
    def test_are_ordered_as_people_read_them(self):
        ordered = [
            "0.9",
            "1",
            "1.2",
            "1.9",
            "1.10",
            "2.0-beta",
            "2.0-rc.1",
            "2.0-rc.2",
            "2.0",
            "2024-01-01",
            "2026-01-01",
        ]

        assert sorted(set(ordered), key=versions.order) == ordered

    @pytest.mark.parametrize(
        ("there", "wanted"), [("2", "2"), ("2.0", "2"), ("2", "2.0"), ("2.10", "2.9"), ("3", "2.9")]
    )
    def test_later_versions_will_do(self, there, wanted):
        assert versions.is_at_least(there, wanted)

    @pytest.mark.parametrize(("there", "wanted"), [("1.9", "2"), ("2", "2.1"), ("2.9", "2.10")])
    def test_earlier_versions_will_not(self, there, wanted):
        assert not versions.is_at_least(there, wanted)
