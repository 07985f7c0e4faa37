"""The languages people can choose. Django knows all but Northern Sámi."""

from django.conf import locale


def teach_django_northern_sami() -> None:
    """Give Django the name of Northern Sámi, so that the language can be switched on."""
    locale.LANG_INFO["se"] = {
        "bidi": False,
        "code": "se",
        "name": "Northern Sami",
        "name_local": "davvisámegiella",
    }
