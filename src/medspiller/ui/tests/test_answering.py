"""Questions that are no Django form: what asks is tied to what answers."""

import pytest
from django.template import TemplateSyntaxError

from medspiller.ui.tests.pages import parse, render

OPTIONS = [("a-0", "yes", "Ja", True, False), ("a-1", "none", "<b>Ingen</b>", False, True)]


def test_a_question_labels_its_input():
    html = render(
        '{% question id="q" label="Navn" input_id="name" %}{% answer_input id="name" name="n" %}{% endquestion %}'
    )

    label = next(parse(html).iter("label"))
    assert label.get("for") == "name"


def test_a_question_with_several_inputs_is_a_group_that_is_described():
    html = render(
        '{% question id="q" label="Hvem?" group=True description="Velg en" errors=errors %}x{% endquestion %}',
        errors=["Velg noe."],
    )

    group = next(parse(html).iter("fieldset"))
    assert next(group.iter("legend")).text.strip() == "Hvem?"
    assert group.get("aria-describedby") == "q-about q-wrong"


def test_options_say_which_is_chosen_and_which_stands_alone():
    html = render('{% answer_options kind="checkbox" name="a" options=options %}', options=OPTIONS)

    boxes = [each for each in parse(html).iter("input") if each.get("type") == "checkbox"]
    assert [(box.get("value"), box.get("checked") is not None) for box in boxes] == [("yes", True), ("none", False)]
    assert [box.get("data-exclusive") is not None for box in boxes] == [False, True]


def test_options_post_their_name_also_when_none_is_chosen():
    html = render('{% answer_options name="a" options=options %}', options=OPTIONS)

    hidden = next(parse(html).iter("input"))
    assert (hidden.get("type"), hidden.get("name"), hidden.get("value")) == ("hidden", "a", "")


def test_what_people_write_is_never_markup():
    html = render('{% answer_options name="a" options=options %}', options=OPTIONS)

    assert "<b>" not in html


def test_a_line_break_at_the_start_of_a_text_is_kept():
    assert ">\n\nto linjer</textarea>" in render('{% answer_text name="a" value=value %}', value="\nto linjer")


def test_the_list_of_what_is_wrong_leads_to_the_fields():
    html = render("{% error_list problems %}", problems=[("Navn – mangler", "name"), ("Alt er galt", "")])

    assert [link.get("href") for link in parse(html).iter("a")] == ["#name"]
    assert "autofocus" in html


def test_nothing_is_said_where_nothing_is_wrong():
    assert render("{% error_list problems %}", problems=[]).strip() == ""


def test_a_kind_of_option_that_does_not_exist_is_refused():
    with pytest.raises(TemplateSyntaxError, match="'tick' is not one of"):
        render('{% answer_options kind="tick" %}')
