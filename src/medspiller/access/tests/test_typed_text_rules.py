"""What of a refused form may be shown again."""

import pytest

from medspiller.access.domain.typed_text import kept


def texts(**fields: str) -> tuple[str, ...]:
    return kept(fields.items(), has_files=False).texts


def test_what_somebody_wrote_is_kept_in_its_order():
    assert texts(about="Ring før ni.", notice="Stengt i juli") == ("Ring før ni.", "Stengt i juli")


@pytest.mark.parametrize(
    "name",
    [
        *("password", "new_password1", "passord", "userPassword", "otp", "code", "kode", "recovery_code"),
        *("client_secret", "access_token", "private-key", "credential", "pid", "fnr", "personnummer", "person_number"),
    ],
)
def test_what_is_secret_is_not(name):
    found = kept([(name, "hemmelig nok"), ("about", "Ring før ni.")], has_files=False)

    assert found.texts == ("Ring før ni.",)
    # It would not be the same form any more
    assert found.fields == ()


@pytest.mark.parametrize("name", ["keyword", "postcode", "topic"])
def test_a_name_that_only_contains_such_a_word_is_not_secret(name):
    assert texts(**{name: "hage"}) == ("hage",)


@pytest.mark.parametrize("value", ["41018512345", "410185 12345", " 41018512345 "])
def test_eleven_digits_are_a_person_number_whatever_the_field(value):
    assert texts(note=value) == ()


@pytest.mark.parametrize("value", ["", "   ", "7", "01940000-0000-7000-8000-000000003201"])
def test_what_nobody_typed_is_not_shown(value):
    assert texts(version=value) == ()


def test_the_page_s_own_machinery_is_neither_shown_nor_sent_again():
    found = kept(
        [("csrfmiddlewaretoken", "abcdefgh"), ("session_mark", "abcdefgh"), ("about", "Ring før ni.")], has_files=False
    )

    assert [field.name for field in found.fields] == ["about"]


def test_a_form_with_a_file_is_not_sent_again():
    assert kept([("about", "Ring før ni.")], has_files=True).fields == ()


def test_ids_go_along_when_it_is_sent_again():
    found = kept([("version", "3"), ("about", "Ring før ni.")], has_files=False)

    assert [(field.name, field.value) for field in found.fields] == [("version", "3"), ("about", "Ring før ni.")]
