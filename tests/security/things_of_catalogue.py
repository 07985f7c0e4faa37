"""An entry of the municipality's catalogue with all that routes name of one, for the walk through all routes."""

from datetime import timedelta
from typing import Any

from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role
from medspiller.catalogue import services
from medspiller.catalogue.domain.feedback import Wrong
from medspiller.catalogue.models import Entry
from medspiller.catalogue.tests import factories
from medspiller.catalogue.tests.offers import offer_body, texts
from medspiller.core import clock
from tests.support.staff import House

SLUG, PROVIDER = "samtalegruppe", "parorendesenteret-i-demo"


def build(house: House) -> dict[str, Any]:
    """
    Let a leader keep an entry of the home care: approved, changed again, closed for a time, with a meeting.

    A reader has said that something is wrong with it, and somebody edits for an organisation.
    """
    leader = factories.worker(house.tenant_id, house.top, Role.LEADER, name="Torunn Demoholt")
    organisation = factories.make_organisation("Demolaget")
    factories.provider(leader, slug=PROVIDER)
    entry = factories.approved(leader, house.home_care, slug=SLUG, provider=PROVIDER, way="sign-up")
    editor = _editor(house, leader, organisation.id)
    today = clock.today()
    closure = services.close_for_a_time(
        actor=leader,
        entry_id=entry.id,
        closed_from=today + timedelta(days=30),
        opens_on=today + timedelta(days=60),
        text=texts("Ferie"),
    )
    report = services.report_wrong(
        actor=actors.anonymous(house.tenant_id), slug=SLUG, wrong=Wrong.CONTACT, text="", address="::1", on=today
    )
    return {
        "entry_id": entry.id,
        "version_id": _change(leader, entry).id,
        "closure_id": closure.id,
        "meeting_id": factories.meeting(leader, entry.id, capacity=12, allows_anonymous=True).id,
        "report_id": report.id,
        "list_id": _import(leader, house).id,
        "export_id": services.ask_for_workbook(actor=leader).id,
        "editor_id": editor.id,
    }


def _import(by: Any, house: House) -> Any:
    """A list that waits for its job."""
    return services.start_import(
        actor=by, unit_id=house.home_care, file_name="tilbud.csv", content=b"slug\nx\n", goes_live=False, is_trial=True
    )


def _change(by: Any, entry: Entry) -> Any:
    """Another wording, which waits."""
    body = offer_body(slug=SLUG, provider=PROVIDER, way="sign-up", title=texts("Samtalegruppe på torsdager"))
    return services.propose(actor=by, entry_id=entry.id, body=body, based_on=1)


def _editor(house: House, by: Any, organisation_id: Any) -> Any:
    account = factories.worker(house.tenant_id, house.home_care, Role.ORGANISATION_EDITOR, name="Mina Demoberg")
    today = clock.today()
    return services.appoint_editor(
        actor=by,
        user_id=account.id,
        organisation_id=organisation_id,
        valid_from=today,
        valid_to=today + timedelta(days=90),
    )
