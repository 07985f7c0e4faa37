"""The rules of notices, without a database."""

from datetime import UTC, datetime

import pytest

from medspiller.messages.domain import notices as rules
from medspiller.messages.domain.addresses import is_made_up, is_usable, normal, shown_end
from medspiller.messages.domain.notices import (
    MOST_TRIES,
    PAUSES,
    Answer,
    BadEventKey,
    Channel,
    NotNow,
    Outcome,
    Reason,
    State,
    Step,
)
from medspiller.messages.domain.texts import (
    ALLOWED,
    LANGUAGES,
    SMS_LENGTH,
    SUBJECT,
    TEMPLATES,
    TO_CONTACTS,
    DayMissing,
    NoticeKind,
    TellsTooMuch,
    Template,
    ensure_day,
    language_of,
    placeholders,
    table_of,
    text_of,
)
from medspiller.people.domain.sentences import Sentence

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
# The alphabet of a text message of 160 signs (3GPP TS 23.038), as far as our languages use it.
GSM = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 .,:;!?()/-'\"&+%æøåÆØÅéäöüÄÖÜà")
EVERY_TEXT = [(kind, language) for kind in NoticeKind for language in LANGUAGES]
# Words that would tell a stranger something.
SAYS_TOO_MUCH = ("syk", "sjuk", "helse", "pasient", "diagnose", "pårørende", "ill", "health", "patient", "carer")


def written(kind, language, *, municipality="Nord-Aurdal kommune", address="nord-aurdal.medspiller.no/min-side/"):
    return text_of(kind, language=language, municipality=municipality, address=address, day="30. september 2026")


class TestWhatItSays:
    def test_every_kind_has_a_text(self):
        assert set(TEMPLATES) == set(NoticeKind)

    @pytest.mark.parametrize(("kind", "language"), EVERY_TEXT)
    def test_fits_in_one_text_message(self, kind, language):
        text = written(kind, language)

        assert len(text) <= SMS_LENGTH
        assert set(text) <= GSM

    @pytest.mark.parametrize(("kind", "language"), EVERY_TEXT)
    def test_names_who_it_is_from_and_where_to_read_and_nothing_else(self, kind, language):
        words = TEMPLATES[kind].text.as_dict()[language]

        assert "municipality" in placeholders(words) <= ALLOWED
        assert ("address" in placeholders(words)) is (kind not in TO_CONTACTS)
        assert [word for word in SAYS_TOO_MUCH if word in words.lower().split()] == []
        assert [word for word in SAYS_TOO_MUCH if len(word) > 4 and word in words.lower()] == []

    def test_a_subject_says_only_who_it_is_from(self):
        assert {frozenset(placeholders(text)) for text in SUBJECT.as_dict().values()} == {frozenset({"municipality"})}

    @pytest.mark.parametrize(
        ("text", "name"), [("Hei {name}", "a name"), ("{0}", "a number"), ("{municipality} {diagnosis}", "health")]
    )
    def test_a_text_that_asks_for_more_is_refused(self, text, name):
        with pytest.raises(TellsTooMuch):
            table_of([Template(NoticeKind.AGE_REACHED, Sentence(nb=text, nn=text, en=text))])

    def test_languages_say_the_same(self):
        uneven = Sentence(nb="{municipality}", nn="{municipality} {day}", en="{municipality}")

        with pytest.raises(TellsTooMuch):
            table_of([Template(NoticeKind.AGE_REACHED, uneven)])

    def test_a_kind_has_one_text(self):
        with pytest.raises(TellsTooMuch):
            table_of([TEMPLATES[NoticeKind.AGE_REACHED]] * 2)

    @pytest.mark.parametrize(
        ("tag", "language"), [("nn", "nn"), ("nn-NO", "nn"), ("en_GB", "en"), ("so", "nb"), ("", "nb"), ("se", "nb")]
    )
    def test_is_in_bokmal_for_whom_we_have_no_words(self, tag, language):
        assert language_of(tag) == language

    def test_a_day_is_there_exactly_where_it_is_named(self):
        ensure_day(NoticeKind.AGE_REACHED, has_day=True)
        ensure_day(NoticeKind.NEW_ON_MY_PAGE, has_day=False)
        with pytest.raises(DayMissing):
            ensure_day(NoticeKind.AGE_REACHED, has_day=False)
        with pytest.raises(DayMissing):
            ensure_day(NoticeKind.NEW_ON_MY_PAGE, has_day=True)


class TestWhatComesAfter:
    @pytest.mark.parametrize(
        ("answer", "step"),
        [
            (Answer.TAKEN, Step(State.HANDED_OVER)),
            (Answer.REFUSED, Step(State.FAILED, Reason.REFUSED)),
            (Answer.UNKNOWN, Step(State.UNCERTAIN)),
            (Answer.TRY_LATER, Step(State.WAITING, next_try_at=NOW + PAUSES[0])),
        ],
    )
    def test_an_answer(self, answer, step):
        assert rules.after(Outcome(answer), tries=1, now=NOW) == step

    def test_pauses_grow_until_it_gives_up(self):
        steps = [rules.after(Outcome(Answer.TRY_LATER), tries=tries, now=NOW) for tries in range(1, MOST_TRIES + 1)]

        assert [step.next_try_at - NOW for step in steps[:-1]] == sorted(PAUSES)
        assert steps[-1] == Step(State.FAILED, Reason.GAVE_UP)

    @pytest.mark.parametrize("tries", range(1, MOST_TRIES + 3))
    def test_what_nobody_knows_is_never_tried_again_by_itself(self, tries):
        assert rules.after(Outcome(Answer.UNKNOWN), tries=tries, now=NOW) == Step(State.UNCERTAIN)

    def test_who_may_decide_what(self):
        assert [state for state in State if rules.may_be_tried_again(state, has_address=True)] == [
            State.FAILED,
            State.UNCERTAIN,
        ]
        assert [state for state in State if rules.may_be_stopped(state)] == [State.WAITING, State.UNCERTAIN]
        with pytest.raises(NotNow) as refusal:
            rules.ensure_may_be_stopped(State.HANDED_OVER)
        assert refusal.value.state is State.HANDED_OVER


@pytest.mark.parametrize("key", ["", "Kari er syk", "a b", "KEY", "x" * 121, "é", "a\n"])
def test_a_key_cannot_hold_words(key):
    with pytest.raises(BadEventKey):
        rules.ensure_event_key(key)


class TestAddresses:
    # Put together here, so that no number that may ring stands in the file.
    REAL, FIXED = "+47" + "9" * 8, "+47" + "22" * 4

    @pytest.mark.parametrize("typed", ["00 00 00 01", "+47 00 00 00 01", " 0047 00000001 "])
    def test_one_number_is_one_however_it_is_written(self, typed):
        assert normal(typed, channel=Channel.SMS) == "+4700000001"

    def test_one_mailbox_is_one(self):
        assert normal(" Kari@Example.org ", channel=Channel.EMAIL) == "kari@example.org"

    def test_made_up_ones_are_nobodys(self):
        assert is_made_up("+4700000001", channel=Channel.SMS)
        assert not is_made_up(self.REAL, channel=Channel.SMS)
        assert is_made_up("kari@example.org", channel=Channel.EMAIL)
        assert is_made_up("kari@mail.example.org", channel=Channel.EMAIL)
        assert not is_made_up("kari@notexample.org", channel=Channel.EMAIL)
        assert not is_made_up("kari@example.org.no", channel=Channel.EMAIL)
        # Two receivers, of which one is nobody's.
        assert not is_made_up("root,kari@example.org", channel=Channel.EMAIL)
        assert not is_usable("root,kari@example.org", channel=Channel.EMAIL)

    def test_only_what_takes_a_notice_is_usable(self):
        assert is_usable(self.REAL, channel=Channel.SMS)
        assert not is_usable(self.FIXED, channel=Channel.SMS)
        assert not is_usable("+47123", channel=Channel.SMS)
        assert not is_usable("ring meg", channel=Channel.SMS)
        assert is_usable("kari@kommune.no", channel=Channel.EMAIL)
        for typed in ("kari", "a@b", "a@b.no, c@d.no", "a b@c.no", "x@y.no\nBcc:z@y.no"):
            assert not is_usable(typed, channel=Channel.EMAIL)

    def test_little_of_them_is_shown(self):
        assert shown_end("+4700000012", channel=Channel.SMS) == "••• 12"
        assert shown_end("kari@example.org", channel=Channel.EMAIL) == "k•••@"
