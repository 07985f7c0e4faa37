"""The forms of local accounts. What a password must be is the service's to say."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from medspiller.core.errors import InvalidInput
from medspiller.ui.forms import Form


def _password(label: Any, autocomplete: str, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete, "size": 30}),
        **more,
    )


class SignInForm(Form):
    """Name and password. `next` travels with them unseen."""

    # No word in the fields' names but what password managers look for.
    username = forms.CharField(
        label=_("E-mail address"),
        max_length=255,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "inputmode": "email", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = _password(_("Password"), "current-password", max_length=1000)
    next = forms.CharField(required=False, widget=forms.HiddenInput)


class CodeForm(Form):
    """A code from an app, or a recovery code."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "size": 12, "spellcheck": "false"}),
    )


class PasskeyForm(Form):
    """What the browser answered about a passkey, put here by script."""

    answer = forms.JSONField(required=True, widget=forms.HiddenInput)

    def clean_answer(self) -> dict[str, Any]:
        """Accept only what can be an answer: an object."""
        answer = self.cleaned_data["answer"]
        if not isinstance(answer, dict):
            raise forms.ValidationError(_("The browser sent nothing that could be used. Try once more."))
        return answer


class NewPasskeyForm(PasskeyForm):
    """A new passkey with a name by which its owner knows it again."""

    name = forms.CharField(
        label=_("What do you want to call it?"),
        help_text=_("For example: Work phone, or the laptop at home."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "size": 30}),
    )


class NewPasswordForm(Form):
    """A password chosen for the first time. It is typed once: one can look at it."""

    password = _password(
        _("New password"),
        "new-password",
        help_text=_("At least 12 characters. A few words that do not belong together are easy to remember."),
    )
    again = _password(_("The same again"), "new-password")

    def clean(self) -> dict[str, Any]:
        """Refuse two that differ: one of them is a slip."""
        typed = super().clean() or {}
        if typed.get("password") and typed.get("again") and typed["password"] != typed["again"]:
            self.add_error("again", _("The two are not the same. Type both again."))
        return typed

    def refuse(self, refusal: InvalidInput) -> None:
        """Show what the service found wrong at the field it is about."""
        for name, problem in refusal.problems.items():
            self.add_error(name if name in self.fields else None, problem)


class ChangePasswordForm(NewPasswordForm):
    """Another password, by somebody who knows the old one."""

    field_order = ("username", "old", "password", "again")

    old = _password(_("The password you have now"), "current-password", max_length=1000)
