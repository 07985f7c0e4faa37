"""What is written out without a template is what Django's templates give."""

import re
from datetime import date

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from medspiller.ui import inputs
from medspiller.ui.forms import DayInput, Renderer

HOSTILE = """<script>"it's" & more</script>"""
CHOICES = [
    ("", "-"), ("a", HOSTILE), (1, 1234.5), (HOSTILE, gettext_lazy("Name")), (True, mark_safe("<b>bold</b>")),
    (HOSTILE, [("in", "Inside"), ("too", "Too")]),
]  # fmt: skip
WIDGETS = [
    forms.TextInput, forms.NumberInput, forms.EmailInput, forms.HiddenInput, DayInput, forms.CheckboxInput,
    forms.Textarea, forms.URLInput, forms.PasswordInput,
    *(lambda kind=kind: kind(choices=CHOICES)
      for kind in (forms.Select, forms.SelectMultiple, forms.RadioSelect, forms.CheckboxSelectMultiple)),
]  # fmt: skip
VALUES = [None, "", "a", 1, 0, 1234.5, HOSTILE, mark_safe("<i>"), date(2026, 11, 22), ["a", "in"], True]
ATTRIBUTES = [
    {"id": "id_x"},
    {"class": HOSTILE, HOSTILE: "x", "rows": 4, "required": True, "disabled": False, "data-zero": 0, "data-none": None},
]


def normal(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r">\s+<", "><", html)).strip()


@pytest.mark.parametrize("make", WIDGETS)
@pytest.mark.parametrize("attrs", ATTRIBUTES)
def test_every_element_is_as_django_would_render_it(make, attrs):
    for value in VALUES if make is not DayInput else [None, "", "i fjor", date(2026, 11, 22)]:
        for name in ("x", HOSTILE):
            ours = make().render(name, value, attrs=attrs, renderer=Renderer())
            assert normal(ours) == normal(make().render(name, value, attrs=attrs, renderer=DjangoTemplates()))


@pytest.mark.parametrize("kind", [forms.RadioSelect, forms.CheckboxSelectMultiple])
@pytest.mark.parametrize("wrap_label", [True, False])
def test_one_choice_of_a_group_is_as_django_would_render_it(kind, wrap_label):
    def tags(renderer):
        class Asked(forms.Form):
            default_renderer = renderer
            which = forms.ChoiceField(choices=CHOICES[:5], widget=kind, label=HOSTILE)

        return [each.tag(wrap_label=wrap_label) for each in Asked({"which": "a"})["which"].subwidgets]

    ours, of_django = tags(Renderer()), tags(DjangoTemplates())
    assert len(ours) == 5
    assert [normal(each) for each in ours] == [normal(each) for each in of_django]


def test_what_is_written_out_are_templates_of_django():
    for name in inputs.WRITTEN:
        assert DjangoTemplates().get_template(name)
