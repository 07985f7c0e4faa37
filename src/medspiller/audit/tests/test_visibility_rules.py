"""Who may see an entry."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medspiller.audit.domain.information import Information
from medspiller.audit.domain.visibility import (
    Audience,
    NothingToRelease,
    Viewer,
    Withheld,
    WithheldReason,
    WithholdingIncomplete,
    ensure_release_changes_something,
    may_see,
    still_withheld,
    withholding,
)

TABLE = """
withheld                    released_to                 person  representative  staff
none                        -                           yes     yes             yes
representatives             -                           yes     no              yes
representatives             person                      yes     no              yes
representatives             person_and_representatives  yes     yes             yes
person_and_representatives  -                           no      no              yes
person_and_representatives  person                      yes     no              yes
person_and_representatives  person_and_representatives  yes     yes             yes
"""
LEVELS, RELEASES = st.sampled_from(Withheld), st.sets(st.sampled_from(Audience))
SENSITIVE = {
    Information.CONCERN_FOR_CHILD: WithheldReason.CONCERN_FOR_CHILD,
    Information.SAFETY: WithheldReason.SAFETY,
    Information.KEPT_FROM_PARENTS: WithheldReason.KEPT_FROM_PARENTS,
    Information.PROTECTED_ADDRESS: WithheldReason.PROTECTED_ADDRESS,
}


def rows():
    heading, *lines = (line.split() for line in TABLE.strip().splitlines())
    for withheld, released, *answers in lines:
        for viewer, answer in zip(heading[2:], answers, strict=True):
            released_to = () if released == "-" else (Audience(released),)
            yield Withheld(withheld), released_to, Viewer(viewer), answer == "yes"


@pytest.mark.parametrize(("withheld", "released_to", "viewer", "expected"), list(rows()))
def test_who_sees_what_is_withheld(withheld, released_to, viewer, expected):
    assert may_see(viewer=viewer, withheld=withheld, released_to=released_to) is expected


@given(withheld=LEVELS.filter(lambda level: level is not Withheld.NONE), released_to=RELEASES)
def test_a_withheld_entry_never_shows_to_representatives_unless_a_release_names_them(withheld, released_to):
    shown = may_see(viewer=Viewer.REPRESENTATIVE, withheld=withheld, released_to=released_to)

    assert shown is (Audience.PERSON_AND_REPRESENTATIVES in released_to)


@given(withheld=LEVELS, released_to=RELEASES, to_whom=st.sampled_from(Audience))
def test_a_release_adds_only_those_it_names_and_takes_nobody_away(withheld, released_to, to_whom):
    named = {Viewer.PERSON} | ({Viewer.REPRESENTATIVE} if to_whom is not Audience.PERSON else set())

    for viewer in Viewer:
        before = may_see(viewer=viewer, withheld=withheld, released_to=released_to)
        after = may_see(viewer=viewer, withheld=withheld, released_to={*released_to, to_whom})

        assert after is (before or viewer in named)


@given(withheld=LEVELS, released_to=RELEASES)
def test_a_representative_never_sees_what_the_person_does_not(withheld, released_to):
    seen = {v: may_see(viewer=v, withheld=withheld, released_to=released_to) for v in Viewer}

    assert seen[Viewer.PERSON] or not seen[Viewer.REPRESENTATIVE]


@given(withheld=LEVELS, released_to=RELEASES)
def test_what_is_left_of_the_withholding_says_the_same_as_all_releases_together(withheld, released_to):
    left = still_withheld(withheld=withheld, released_to=released_to)

    for viewer in Viewer:
        now = may_see(viewer=viewer, withheld=withheld, released_to=released_to)
        assert may_see(viewer=viewer, withheld=left, released_to=()) is now


class TestEnsureReleaseChangesSomething:
    def test_accepts_what_opens_the_entry_to_the_person(self):
        ensure_release_changes_something(
            withheld=Withheld.PERSON_AND_REPRESENTATIVES, released_to=(), to_whom=Audience.PERSON
        )

    @pytest.mark.parametrize(
        ("withheld", "released_to"),
        [
            (Withheld.NONE, ()),
            (Withheld.REPRESENTATIVES, ()),
            (Withheld.PERSON_AND_REPRESENTATIVES, (Audience.PERSON,)),
        ],
    )
    def test_refuses_what_the_person_can_see_already(self, withheld, released_to):
        with pytest.raises(NothingToRelease):
            ensure_release_changes_something(withheld=withheld, released_to=released_to, to_whom=Audience.PERSON)


class TestWithholding:
    def test_leaves_ordinary_information_open(self):
        assert withholding(information=[Information.PLAN], withheld="none", reason="") == (
            Withheld.NONE,
            WithheldReason.NOT_WITHHELD,
        )

    @pytest.mark.parametrize(("category", "reason"), SENSITIVE.items())
    @pytest.mark.parametrize("asked", list(Withheld))
    def test_withholds_by_itself_what_is_tied_to_a_reason_and_never_on_a_milder_level(self, category, reason, asked):
        level, because = withholding(information=[Information.PLAN, category], withheld=asked, reason="")

        assert (level, because) == (Withheld.PERSON_AND_REPRESENTATIVES, reason)

    @pytest.mark.parametrize("reason", [why for why in WithheldReason if why])
    def test_a_reason_alone_withholds_from_both(self, reason):
        level, because = withholding(information=[], withheld=Withheld.NONE, reason=reason)

        assert (level, because) == (Withheld.PERSON_AND_REPRESENTATIVES, reason)

    def test_refuses_to_withhold_without_saying_why(self):
        with pytest.raises(WithholdingIncomplete):
            withholding(information=[Information.PLAN], withheld=Withheld.REPRESENTATIVES, reason="")
