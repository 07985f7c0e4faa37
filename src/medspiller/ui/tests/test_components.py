import inspect

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import TemplateSyntaxError

from medspiller.ui.components import actions, answering, content, feedback, fields, navigation, tables
from medspiller.ui.components.tables import Column, sorting
from medspiller.ui.forms import DayField, Form
from medspiller.ui.tests.pages import parse, render, request_to

MODULES = (actions, answering, content, feedback, fields, navigation, tables)
# What a tag is about, rather than how it is to look.
SUBJECTS = {"content", "context", "bound", "name"}


class TalkForm(Form):
    name = forms.CharField(label="Navn", help_text="Fornavnet holder")
    day = DayField(label="Dag")
    topics = forms.MultipleChoiceField(
        label="Tema", choices=[("a", "Avlastning"), ("b", "Barn")], widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(label="Notat", required=False, widget=forms.Textarea)


def components():
    for module in MODULES:
        for name in module.register.tags:
            yield pytest.param(getattr(module, name), id=name)


def rejected():
    form = TalkForm({"day": "i fjor"})
    assert not form.is_valid()
    return form


def described_by(element):
    return (element.get("aria-describedby") or "").split()


def text_of(element):
    return "".join(element.itertext()).strip()


@pytest.mark.parametrize("component", list(components()))
def test_every_input_of_a_component_has_a_default(component):
    asked = [p for p in inspect.signature(component).parameters.values() if p.name not in SUBJECTS]

    assert [p.name for p in asked if p.default is p.empty] == []


@pytest.mark.parametrize("component", list(components()))
def test_every_component_says_what_it_is_for(component):
    assert inspect.getdoc(component)


def test_a_word_that_no_component_knows_is_refused():
    with pytest.raises(TemplateSyntaxError, match="'primry' is not one of 'primary'"):
        render('{% button variant="primry" %}Send{% endbutton %}')


def test_what_is_typed_in_text_is_escaped():
    assert "<b>" not in render("{% heading %}{{ name }}{% endheading %}", name="<b>Kari</b>")


def test_an_icon_is_passed_over_by_screen_readers_unless_it_is_named():
    assert 'aria-hidden="true"' in render('{% icon "Phone" %}')
    assert 'role="img" aria-label="Telefon"' in render('{% icon "Phone" label="Telefon" %}')


@pytest.mark.parametrize("name", ["NoSuchIcon", "../settings", "phone"])
def test_an_unknown_icon_fails_when_the_page_is_made(name):
    with pytest.raises(TemplateSyntaxError):
        render(f'{{% icon "{name}" %}}')


def test_a_door_is_named_by_its_heading_alone():
    door = parse(render('{% door href="/tilbud/" heading="Tilbud" icon="Heart" %}Alt som finnes{% enddoor %}'))

    assert [text_of(link) for link in door.iter("a")] == ["Tilbud"]


def test_a_link_is_followed_by_what_is_written_after_it():
    assert render("{% link %}Kari{% endlink %}, datter").endswith("</a>, datter")


class TestField:
    def test_the_label_belongs_to_the_input(self):
        shown = parse(render("{% field form.name %}", form=TalkForm()))

        assert shown.find(".//label").get("for") == shown.find(".//input").get("id") == "id_name"

    def test_description_and_errors_are_tied_to_the_input(self):
        shown = parse(render("{% field form.name %}", form=rejected()))
        tied = [shown.find(f".//*[@id='{each}']") for each in described_by(shown.find(".//input"))]

        assert [text_of(each) for each in tied] == ["Fornavnet holder", "Fyll ut dette for å gå videre."]
        assert shown.find(".//input").get("aria-invalid") == "true"

    def test_errors_of_a_group_are_tied_to_the_group(self):
        shown = parse(render("{% field form.topics %}", form=rejected()))
        (error_id,) = described_by(shown.find(".//fieldset"))

        assert text_of(shown.find(f".//*[@id='{error_id}']")) == "Fyll ut dette for å gå videre."
        assert all(not described_by(box) for box in shown.iter("input"))

    def test_every_choice_of_a_group_has_its_label(self):
        shown = parse(render("{% field form.topics %}", form=TalkForm()))

        assert [box.get("id") for box in shown.iter("input")] == [label.get("for") for label in shown.iter("label")]

    def test_nothing_points_to_a_description_that_is_not_there(self):
        shown = parse(render("{% field form.note %}", form=TalkForm()))

        assert described_by(shown.find(".//textarea")) == []

    def test_what_cannot_be_chosen_is_refused_without_repeating_an_id(self):
        class Choosing(Form):
            who = forms.ChoiceField(choices=[("1", "Nora")])
            whom = forms.ChoiceField(choices=[("1", "Nora")], error_messages={"invalid_choice": "Nei."})

        form = Choosing({"who": "019b76da-0000", "whom": "019b76da-0000"})

        assert form.errors == {"who": ["Dette kan ikke velges. Velg noe av det som vises."], "whom": ["Nei."]}

    def test_required_fields_say_so_in_their_label(self):
        assert "(må fylles ut)" in render("{% field form.name %}", form=TalkForm())
        assert "(må fylles ut)" not in render("{% field form.note %}", form=TalkForm())

    @pytest.mark.parametrize("written", ["2026-11-21", "21.11.2026", "21.11.26"])
    def test_a_day_is_understood_as_people_and_browsers_write_it(self, written):
        assert DayField().clean(written).isoformat() == "2026-11-21"

    def test_what_was_typed_as_a_day_is_kept_though_it_is_none(self):
        typed = parse(render("{% field form.day %}", form=rejected())).find(".//input")

        assert (typed.get("type"), typed.get("value")) == ("text", "i fjor")

    def test_a_day_that_is_one_is_shown_as_browsers_want_it(self):
        shown = parse(render("{% field form.day %}", form=TalkForm({"day": "2026-11-21"}))).find(".//input")

        assert (shown.get("type"), shown.get("value")) == ("date", "2026-11-21")

    def test_a_whole_form_is_shown_by_the_same_component(self):
        shown = parse(render("{{ form }}", form=rejected()))

        assert shown.find(".//input[@id='id_name']").get("class") == "ds-input"


class TestErrorSummary:
    def test_each_line_leads_to_its_field(self):
        page = parse(render("{% error_summary form %}{{ form }}", form=rejected()))
        links = page.findall(".//*[@id='error-summary']//a")

        assert [text_of(link) for link in links] == [
            "Navn – Fyll ut dette for å gå videre.",
            "Dag – Skriv datoen med dag, måned og år: 21.11.2026.",
            "Tema – Fyll ut dette for å gå videre.",
        ]
        for link in links:
            assert page.find(f".//input[@id='{link.get('href').removeprefix('#')}']") is not None

    def test_it_takes_the_focus(self):
        summary = parse(render("{% error_summary form %}", form=rejected())).find(".//*[@id='error-summary']")

        assert summary.get("tabindex") == "-1"
        assert summary.get("autofocus") is not None

    @pytest.mark.parametrize("form", [None, TalkForm()])
    def test_nothing_is_shown_when_nothing_is_wrong(self, form):
        assert render("{% error_summary form %}", form=form) == ""

    def test_several_forms_share_one_list(self):
        page = parse(render("{% error_summary forms %}", forms=[rejected(), rejected()]))

        assert len(page.findall(".//li")) == 6


class TestForm:
    def test_a_form_that_posts_carries_its_token(self):
        assert 'value="t0ken"' in render("{% form %}{% endform %}", csrf_token="t0ken")

    def test_a_form_that_asks_does_not(self):
        assert "t0ken" not in render('{% form method="get" %}{% endform %}', csrf_token="t0ken")


class TestTable:
    SOURCE = """{% table caption="Pårørende" columns=columns sorted_by="navn" empty="Ingen" %}
        {% for name in names %}{% row %}{% cell "Navn" header=True %}{{ name }}{% endcell %}{% endrow %}{% endfor %}
    {% endtable %}"""
    COLUMNS = (Column("Navn", sort="navn"), Column("Dag", sort="dag"), Column("Timer"))

    def table(self, *names, address="/"):
        return parse(render(self.SOURCE, columns=self.COLUMNS, names=names, address=address))

    def test_headers_sort_and_keep_the_rest_of_the_address(self):
        headers = self.table("Kari", address="/?vis=barn&side=3").findall(".//th[@scope='col']")

        assert [th.find("a").get("href") for th in headers[:2]] == ["?vis=barn&sorter=-navn", "?vis=barn&sorter=dag"]
        assert [th.get("aria-sort") for th in headers] == ["ascending", None, None]

    def test_a_small_screen_has_the_header_beside_the_value(self):
        assert self.table("Kari").find(".//tbody//th").get("data-label") == "Navn"

    def test_an_empty_table_says_so_instead(self):
        empty = self.table()

        assert empty.find(".//table") is None
        assert "Ingen" in "".join(empty.itertext())

    @pytest.mark.parametrize(
        ("asked", "answer"),
        [("sorter=-dag", "-dag"), ("sorter=dag", "dag"), ("sorter=passord", "navn"), ("", "navn"), ("sorter=", "navn")],
    )
    def test_only_columns_that_sort_can_be_asked_for(self, asked, answer):
        assert sorting(request_to(f"/?{asked}").GET, allowed=["navn", "dag"], default="navn") == answer


class TestPagination:
    def test_links_keep_the_rest_of_the_address(self):
        page = Paginator(range(100), 10).get_page(2)
        links = parse(render("{% pagination page %}", page=page, address="/?q=kari&side=2")).findall(".//a")

        assert links[0].get("href") == "?q=kari&side=1"
        assert [link.get("href") for link in links if link.get("aria-current")] == ["?q=kari&side=2"]

    def test_one_page_needs_no_links(self):
        assert render("{% pagination page %}", page=Paginator([1], 10).get_page(1)) == ""


class TestWithoutScript:
    def test_a_dialog_folds_out_below_its_button(self):
        source = '{% dialog id="end" opener="Avslutt" heading="Sikker?" %}Ja{% enddialog %}'
        dialog = parse(render(source)).find(".//details")

        assert text_of(dialog.find("summary")) == "Avslutt"
        assert dialog.find("div") is not None

    def test_a_notice_stands_in_the_page_and_is_read_aloud(self):
        notice = parse(render("{% toasts messages %}", messages=["Lagret"])).find(".//*[@role='status']")

        assert "Lagret" in "".join(notice.itertext())

    def test_a_menu_opens_as_a_fold(self):
        source = '{% dropdown label="Mer" %}{% dropdown_item href="/a/" %}Del{% enddropdown_item %}{% enddropdown %}'

        assert parse(render(source)).find(".//details//a").get("href") == "/a/"


def test_steps_say_which_one_is_now_and_which_are_done():
    items = parse(render("{% steps steps current=2 %}", steps=["Om deg", "Behov", "Se over"])).findall(".//li")

    assert [item.get("data-state") for item in items] == ["done", "current", "later"]
    assert [item.get("aria-current") for item in items] == [None, "step", None]


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Kari Demo", "KD"), ("Nils Ánte Demo", "ND"), ("Åse", "Å"), ("", ""), ("Per-Olav Demo", "PD")],
)
def test_initials_are_those_of_first_and_last_name(name, initials):
    assert text_of(parse(render("{% avatar name %}", name=name)).find(".//span")) == initials
