"""What becomes part of a draft, decided field by field."""

from datetime import UTC, datetime

import pytest
from django import forms

from medspiller.access.domain.actions import UnknownAction
from medspiller.access.domain.drafts import Keeping, kept, number_at
from medspiller.access.web import drafts
from medspiller.access.web.local_forms import ChangePasswordForm, CodeForm, SignInForm
from medspiller.cli.routes import routes
from medspiller.ui.forms import Form

NUMBER = "01815000117"
# Each is registered when its view is loaded, as all are when addresses are.
list(routes())
IN_USE = {each.name: each for each in drafts.registered()}


class TalkForm(Form):
    name = forms.CharField()
    person_number = forms.CharField()
    pid = forms.CharField(widget=forms.TextInput(attrs={"data-draft-keep": "yes"}))
    sure = forms.BooleanField(widget=forms.CheckboxInput(attrs={"data-draft-keep": "no"}))
    password = forms.CharField(widget=forms.PasswordInput(attrs={"data-draft-keep": "yes"}))
    code = forms.CharField(widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}))
    scan = forms.FileField()
    version = forms.IntegerField(widget=forms.HiddenInput(attrs={"data-draft-keep": "yes"}))
    back = forms.CharField(widget=forms.HiddenInput)
    when = forms.SplitDateTimeField()


TALK = drafts.of_form("access.talk_of_tests", action="access.manage_own_account", fields_of=[TalkForm])


def names(*sent):
    return [field.name for field in kept(sent, rules=TALK.rules)]


@pytest.mark.parametrize(
    ("sent", "is_kept"),
    [
        (("name", "Kari"), True),
        (("carer-0-name", "Kari"), True),
        (("talk-name", "Kari"), True),
        (("when_0", "2026-11-21"), True),
        (("version", "3"), True),
        # Where the form says so, it is encrypted like the rest.
        (("pid", NUMBER), True),
        (("carer-0-pid", NUMBER), True),
        (("person_number", NUMBER), False),
        (("person_number", "0181"), False),
        (("name", NUMBER), False),
        (("name", "018150 00117"), False),
        (("sure", "on"), False),
        (("password", "riktig hest"), False),
        (("carer-0-password", "riktig hest"), False),
        (("code", "123456"), False),
        (("scan", "brev.pdf"), False),
        (("back", "/arbeid/"), False),
        (("csrfmiddlewaretoken", "x" * 64), False),
        (("session_mark", "abc"), False),
        (("_draft", "save"), False),
        (("_draft_number", "12"), False),
        (("not_of_the_form", "Kari"), False),
    ],
    ids=lambda value: value if isinstance(value, bool) else value[0],
)
def test_a_field_is_kept_or_not(sent, is_kept):
    assert (sent[0] in names(sent, ("when_1", "12:30"))) is is_kept


def test_repeated_fields_stay_repeated_and_in_order():
    assert [field.value for field in kept([("name", "b"), ("name", "a")], rules=TALK.rules)] == ["b", "a"]


def test_the_counts_of_a_set_of_forms_come_along():
    assert names(("carer-TOTAL_FORMS", "3"), ("carer-0-name", "Kari")) == ["carer-TOTAL_FORMS", "carer-0-name"]
    assert names(("carer-TOTAL_FORMS", "many"), ("name", "Kari")) == ["name"]


@pytest.mark.parametrize("sent", [[], [("name", " ")], [("carer-TOTAL_FORMS", "3"), ("name", "")]])
def test_where_nobody_has_typed_there_is_no_draft(sent):
    assert kept(sent, rules=TALK.rules) == ()


@pytest.mark.parametrize("made", [SignInForm, ChangePasswordForm, CodeForm])
def test_what_somebody_signs_in_with_is_never_kept(made):
    drafted = drafts.DraftedForm(name="", action="", rules=dict(drafts._rules(made)))

    sent = [(name, "riktig hest") for name in made.base_fields if name != "username"]
    assert len(sent) > 0
    assert kept(sent, rules=drafted.rules) == ()


def test_of_every_form_in_use_no_person_number_is_kept_that_it_does_not_ask_for():
    assert {"people.emergency", "people.access_answer", "people.ask_about_access"} <= set(IN_USE)
    for each in IN_USE.values():
        unasked = [name for name, rule in each.rules.items() if rule is not Keeping.ALWAYS]

        assert kept([(name, NUMBER) for name in unasked], rules=each.rules) == ()


def test_every_form_in_use_belongs_to_a_page_for_those_who_may_use_it():
    assert {each.action for each in IN_USE.values()} <= {route["action"] for route in routes()}


def test_two_forms_cannot_have_one_name():
    class Another(Form):
        text = forms.CharField()

    with pytest.raises(drafts.TwoForms):
        drafts.of_form("access.talk_of_tests", action="access.manage_own_account", fields_of=[Another])


def test_a_form_names_an_action_that_there_is():
    with pytest.raises(UnknownAction):
        drafts.of_form("access.other_of_tests", action="access.fly", fields_of=[TalkForm])


def test_the_number_of_a_save_is_the_time_in_milliseconds():
    assert number_at(datetime(1970, 1, 1, 0, 1, 0, 5000, tzinfo=UTC)) == 60_005
