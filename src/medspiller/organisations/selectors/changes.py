"""What has changed in units, posts and organisations, for those who may change them."""

from django.db.models import F

from medspiller.core.actors import Actor
from medspiller.core.versions import Kind
from medspiller.organisations import policies
from medspiller.organisations.models import Organisation, Post, Unit


def versions(*, actor: Actor) -> list[Kind]:
    """Return the versions of units, posts and organisations that the actor may change, for `core.versions`."""
    unit, post, organisation = (
        model.pgh_event_model.objects  # type: ignore[attr-defined, union-attr]  # made by `history.keep`
        for model in (Unit, Post, Organisation)
    )
    return [
        Kind(
            "unit",
            unit.filter(policies.units(actor, policies.EDIT_UNIT)),
            {
                "name": F("name"),
                "kind": F("kind"),
                "parent": F("parent__name"),
                "opened_on": F("opened_on"),
                "closed_from": F("closed_from"),
                "notice": F("notice"),
                "opening_hours": F("opening_hours"),
                "phone": F("phone"),
                "about": F("about"),
            },
        ),
        Kind(
            "post",
            post.filter(policies.posts(actor, policies.EDIT_POST)),
            {
                "title": F("title"),
                "unit": F("unit__name"),
                "opened_on": F("opened_on"),
                "closed_from": F("closed_from"),
            },
        ),
        Kind(
            "organisation",
            organisation.filter(policies.organisations(actor, policies.EDIT_ORGANISATION)),
            {"name": F("name"), "kind": F("kind"), "website": F("website"), "about": F("about")},
        ),
    ]
