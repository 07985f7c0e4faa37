"""
Which pages are looked at, as whom. A new route is visited by itself; one with something in its address needs a line
in `EXAMPLES`, and one that is no page a line in `NO_PAGE`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product

from medspiller.access.domain.actions import ACTIONS
from medspiller.cli.routes import routes
from medspiller.demo.domain.personas import CITIZENS
from tests.journeys import visits_of_strategy
from tests.journeys.things import Things
from tests.journeys.town import Town, persona_with

Address = Callable[[Town, Things], str]

ANYBODY = "anybody"
LEADER = "leder"
CITIZEN = CITIZENS[0].id
# Signs in with a password and a code, where personas sign in with a link.
NURSE = "nurse"

LANGUAGES = ("nb", "nn", "en")
THEMES = ("light", "dark")
WIDTHS = (320, 360, 768, 1280)

_OWN_ACCOUNT = "access.manage_own_account"


def _unit(more: str = "") -> Address:
    return lambda town, things: f"/arbeid/styring/enheter/{town.unit_id}/{more}"


def _account(more: str = "") -> Address:
    return lambda town, things: f"/arbeid/styring/ansatte/{things.nurse.id}/{more.format(things=things)}"


def _provider(more: str = "") -> Address:
    return lambda town, things: f"/arbeid/styring/innlogging/{things.provider_id}/{more}"


def _form(more: str = "") -> Address:
    return lambda town, things: f"/arbeid/skjema/forvaltning/{things.form_id}/{more}"


def _person(more: str = "") -> Address:
    return lambda town, things: f"/arbeid/personer/{town.persons['Kari']}/{more.format(things=things)}"


def _answers(which: str, more: str = "") -> Address:
    return lambda town, things: f"/arbeid/skjema/svar/{getattr(things, f'{which}_id')}/{more}"


def _own_answers(which: str, more: str = "") -> Address:
    return lambda town, things: f"/min-side/skjema/svar/{getattr(things, f'own_{which}_id')}/{more}"


def _kept(more: str = "") -> Address:
    return lambda town, things: f"/arbeid/tilbud/{more.format(**things.kept)}"


def _followed(more: str = "") -> Address:
    return lambda town, things: f"/arbeid/oppfolging/{more.format(**things.kept)}"


# Route → an address of it in the town.
EXAMPLES: dict[str, Address] = {
    "workbench:unit": lambda town, things: f"/arbeid/enhet/{town.unit_id}/",
    "workbench:edit_unit": lambda town, things: f"/arbeid/enhet/{town.unit_id}/endre/",
    "workbench:component": lambda town, things: "/arbeid/ui/form/",
    "workbench:administration_unit": _unit(),
    "workbench:administration_open_unit": _unit("ny/"),
    "workbench:administration_change_unit": _unit("endre/"),
    "workbench:administration_move_unit": _unit("flytt/"),
    "workbench:administration_close_unit": _unit("lukk/"),
    "workbench:administration_open_post": _unit("stilling/"),
    "workbench:administration_close_post": lambda town, things: (
        f"/arbeid/styring/enheter/{town.unit_id}/stilling/{things.empty_post_id}/lukk/"
    ),
    "access:administration_account": _account(),
    "access:administration_forget_second_factors": _account("trinn-2/"),
    "access:administration_account_state": _account("stenging/"),
    "access:administration_give_post": _account("stilling/"),
    "access:administration_give_role": _account("stilling/{things.holding_id}/rolle/"),
    "access:administration_extend_post": _account("stilling/{things.holding_id}/forleng/"),
    "access:administration_end_post": _account("stilling/{things.holding_id}/avslutt/"),
    "access:administration_extend_role": _account("rolle/{things.grant_id}/forleng/"),
    "access:administration_end_role": _account("rolle/{things.grant_id}/avslutt/"),
    "access:administration_provider": _provider(),
    "access:administration_change_provider": _provider("endre/"),
    "access:administration_switch_provider": _provider("bruk/"),
    "access:invitation": lambda town, things: f"/arbeid/konto/invitasjon/{things.invitation}/",
    "access:remove_factor": lambda town, things: f"/arbeid/konto/fjern/{things.factor_id}/",
    "people:first_talk_receipt": lambda town, things: f"/arbeid/forste-samtale/{things.talk_id}/",
    "people:take_back_first_talk": lambda town, things: f"/arbeid/forste-samtale/{things.talk_id}/angre/",
    "people:person": _person(),
    "people:change_person": _person("endre/"),
    "people:person_history": _person("historikk/"),
    "people:add_name": _person("navn/"),
    "people:record_death": _person("dod/"),
    "people:inform_person": _person("informert/"),
    "people:involvements": _person("oppfolging/"),
    "people:open_involvement": _person("oppfolging/ny/"),
    "people:close_involvement": lambda town, things: f"/arbeid/oppfolging/{things.involvement_id}/avslutt/",
    "people:add_contact": _person("kontakt/"),
    "people:add_carer": _person("ny-parorende/"),
    "people:person_print": _person("utskrift/"),
    "people:relate_choose": _person("knytt/"),
    "people:relate": _person("knytt/{things.carer_id}/"),
    "people:change_relation": _person("relasjon/{things.relation_id}/"),
    "people:end_relation": _person("relasjon/{things.relation_id}/avslutt/"),
    "people:give_role": _person("relasjon/{things.relation_id}/rolle/"),
    "people:change_contact": lambda town, things: f"/arbeid/kontakt/{things.contact_id}/",
    "people:end_role": lambda town, things: f"/arbeid/rolle/{things.role_id}/avslutt/",
    "people:merge_choose": _person("dobbel/"),
    "people:merge": _person("dobbel/{things.twin_id}/"),
    "people:undo_merge": lambda town, things: f"/arbeid/sammenslaing/{things.merge_id}/angre/",
    "people:import": lambda town, things: f"/arbeid/personer/importer/{things.import_id}/",
    "people:emergency_review": lambda town, things: f"/arbeid/blalys/gjennomgang/{things.emergency_id}/",
    "people:carer": _person("parorende/{things.carer_id}/"),
    "people:carer_consent": _person("parorende/{things.carer_id}/samtykke/"),
    "people:carer_circumstance": _person("parorende/{things.carer_id}/forhold/"),
    "people:consents": _person("samtykker/"),
    "people:new_consent": _person("samtykker/nytt/"),
    "people:consent": lambda town, things: f"/arbeid/samtykker/{things.consent_id}/",
    "people:narrow_consent": lambda town, things: f"/arbeid/samtykker/{things.consent_id}/smalere/",
    "people:judgements": _person("vurderinger/"),
    "people:decide_competence": _person("kompetanse/"),
    "people:judge_circumstance": _person("forhold/"),
    "people:children": _person("barn/"),
    "people:end_competence": lambda town, things: f"/arbeid/vurderinger/kompetanse/{things.decision_id}/avslutt/",
    "people:end_circumstance": lambda town, things: f"/arbeid/vurderinger/forhold/{things.circumstance_id}/avslutt/",
    "worklist:item": lambda town, things: f"/arbeid/oppgaver/{things.item_id}/",
    "questionnaires:form_to_edit": _form(),
    "questionnaires:preview_form": _form("vis/"),
    "questionnaires:about": _person("skjema/"),
    "questionnaires:fill": _answers("begun"),
    "questionnaires:review": _answers("begun", "oversikt/"),
    "questionnaires:throw_away": _answers("begun", "forkast/"),
    "questionnaires:read": _answers("answered", "lest/"),
    "questionnaires:print": _answers("answered", "utskrift/"),
    "questionnaires:mark": _answers("answered", "feil/"),
    "questionnaires:pdf": _answers("answered", "pdf/"),
    "questionnaires:over_time": _person("skjema/utvikling/"),
    "own_questionnaires:fill": _own_answers("begun"),
    "own_questionnaires:review": _own_answers("begun", "oversikt/"),
    "own_questionnaires:throw_away": _own_answers("begun", "forkast/"),
    "own_questionnaires:read": _own_answers("answered", "lest/"),
    "own_questionnaires:print": _own_answers("answered", "utskrift/"),
    "own_questionnaires:mark": _own_answers("answered", "feil/"),
    "own_questionnaires:pdf": _own_answers("answered", "pdf/"),
    "questionnaires:tool": lambda town, things: "/arbeid/verktoy/talk/",
    "catalogue:offer": lambda town, things: "/tilbud/drop-in-torsdag/",
    "catalogue:offer_print": lambda town, things: "/tilbud/drop-in-torsdag/utskrift/",
    "catalogue:wrong": lambda town, things: "/tilbud/drop-in-torsdag/feil/",
    "catalogue:thanks": lambda town, things: "/tilbud/drop-in-torsdag/feil/takk/",
    "catalogue:saved": lambda town, things: "/tilbud/lagret/whoever-has-the-link/",
    "signups:begin": lambda town, things: f"/tilbud/samtalegruppe/pamelding/{things.kept['meeting_id']}/",
    "signups:place": lambda town, things: "/tilbud/plass/whoever-has-the-link/",
    "own_signups:place": lambda town, things: f"/min-side/pameldinger/{things.kept['sign_up_id']}/",
    "signups_staff:participants": _kept("{entry_id}/samlinger/{meeting_id}/deltakere/"),
    "signups_staff:add": _kept("{entry_id}/samlinger/{meeting_id}/deltakere/ny/"),
    "signups_staff:print": _kept("{entry_id}/samlinger/{meeting_id}/deltakere/utskrift/"),
    "catalogue_staff:entry": _kept("{entry_id}/"),
    "catalogue_staff:edit": _kept("{entry_id}/endre/"),
    "catalogue_staff:move": _kept("{entry_id}/flytt/"),
    "catalogue_staff:close": _kept("{entry_id}/steng/"),
    "catalogue_staff:plan": _kept("{entry_id}/moter/"),
    "catalogue_staff:version": _kept("{entry_id}/versjon/{version_id}/"),
    "catalogue_staff:proposal": _kept("venter/{version_id}/"),
    "catalogue_staff:change_meeting": _kept("moter/{meeting_id}/"),
    "catalogue_staff:cancel_meeting": _kept("moter/{meeting_id}/avlys/"),
    "catalogue_staff:one_import": _kept("importer/{list_id}/"),
    "catalogue_staff:provider": _kept("tilbydere/parorendesenteret-i-demo/"),
    "enquiries_staff:enquiry": lambda town, things: f"/arbeid/henvendelser/{things.kept['enquiry_id']}/",
    "pathways:pathway": lambda town, things: "/arbeid/forlop/by-the-side/",
    "followup:of_person": _followed("person/{patient_id}/"),
    "followup:shared": _followed("delt/{patient_id}/"),
    "followup:handover": _followed("overlevering/{handover_id}/"),
    "followup:plan": _followed("plan/{plan_id}/"),
    "followup:print_plan": _followed("plan/{plan_id}/utskrift/"),
    "followup:plan_step": _followed("plan/{plan_id}/steg/call/"),
    "followup:skip_step": _followed("plan/{plan_id}/steg/call/hopp-over/"),
    "followup:tell_fact": _followed("plan/{plan_id}/vet/children/"),
    "followup:tell_event": _followed("plan/{plan_id}/hendelse/"),
    "followup:change_goal": _followed("plan/{plan_id}/mal/"),
    "followup:change_about": _followed("plan/{plan_id}/gjelder/"),
    "followup:pause_plan": _followed("plan/{plan_id}/pause/"),
    "followup:newer_version": _followed("plan/{plan_id}/versjon/"),
    "followup:close_plan": _followed("plan/{plan_id}/avslutt/"),
    "followup:offer_handover": _followed("plan/{plan_id}/overlevering/"),
    "followup:file": _followed("{file_id}/"),
    "followup:print_file": _followed("{file_id}/utskrift/"),
    "followup:change_file": _followed("{file_id}/endre/"),
    "followup:appoint_contact": _followed("{file_id}/kontakt/"),
    "followup:add_note": _followed("{child_file_id}/hendelse/"),
    "followup:close_file": _followed("{file_id}/ferdig/"),
    "followup:reopen_file": _followed("{file_id}/apne/"),
    "followup:choose_plan": _followed("{file_id}/plan/"),
    "followup:start_plan": _followed("{file_id}/plan/by-the-side/"),
    "followup:suggestions": _followed("{file_id}/forslag/"),
    "followup:add_suggestion": _followed("{file_id}/forslag/nytt/"),
    "followup:suggestion": _followed("forslag/{suggestion_id}/"),
    "followup:agreement": _followed("{file_id}/avtale/"),
    "followup:letters": _followed("{child_file_id}/brev/"),
    "followup:letter": _followed("{file_id}/brev/hello/"),
    "followup:safety": _followed("{child_file_id}/trygghet/"),
    "followup:record_concern": _followed("{child_file_id}/trygghet/vurdering/"),
    "followup:concern": _followed("bekymring/{concern_id}/"),
    "followup:concern_again": _followed("bekymring/{concern_id}/pa-nytt/"),
    "followup:children_of_patient": _followed("barn/{patient_id}/"),
    "followup:open_child": _followed("barn/{patient_id}/{child_id}/"),
    "own_followup:suggestion": lambda town, things: f"/min-side/oppfolging/forslag/{things.kept['suggestion_id']}/",
    **visits_of_strategy.EXAMPLES,
    "rights:situation": lambda town, things: "/rettigheter/situasjon/child-ill/",
    "rights:right": lambda town, things: "/rettigheter/omsorgspenger/",
    "rights:right_print": lambda town, things: "/rettigheter/omsorgspenger/utskrift/",
    "rights:saved": lambda town, things: "/rettigheter/lagret/whoever-has-the-link/",
    "rights_at_work:start": _person("rettigheter/"),
    "rights_at_work:handed_over": _person("rettigheter/gitt/{things.kept_id}/"),
    "own_rights:kept": lambda town, things: f"/min-side/rettigheter/{things.kept_id}/",
    "questionnaires:totals": _person("maaling/"),
    "questionnaires:wrong_total": _person("maaling/{things.total_id}/feil/"),
    "people:question": lambda town, things: f"/arbeid/sporsmal-om-innsyn/{things.question_id}/",
    "people:correction": lambda town, things: f"/arbeid/rettelser/{things.correction_id}/",
    "citizen:change_contact": lambda town, things: f"/min-side/kontakt/{things.own_contact_id}/",
    "citizen:consent": lambda town, things: f"/min-side/samtykker/{things.consent_id}/",
    "citizen:narrow_consent": lambda town, things: f"/min-side/samtykker/{things.consent_id}/mindre/",
    "citizen:withdraw_consent": lambda town, things: f"/min-side/samtykker/{things.consent_id}/trekk/",
    "citizen:ask_about_access": lambda town, things: f"/min-side/innsyn/{things.entry_id}/spor/",
}
_HALFWAY = "shown only on the way in; test_first_staff_sign_in.py walks it, and looks as closely"
_TO_PROVIDER = "sends on to the provider"
_WITH_ANSWERS = "comes of a form that brings the answers along; test_rights.py walks it"
_HSDS = (
    *("hsds", "hsds_openapi", "hsds_services", "hsds_service", "hsds_organizations", "hsds_organization"),
    *("hsds_service_at_locations", "hsds_service_at_location", "hsds_taxonomies", "hsds_taxonomy"),
    *("hsds_taxonomy_terms", "hsds_taxonomy_term", "hsds_elsewhere"),
)
# Route → why nobody looks at it.
NO_PAGE = {
    "portal:robots": "plain text for search engines",
    **{f"catalogue_outside:{what}": "JSON for machines" for what in _HSDS},
    "catalogue_outside:calendar": "a file",
    "catalogue_outside:all_calendars": "a file",
    "portal:sitemap": "XML for search engines",
    "catalogue:suggest": "a part that the search page fetches while somebody types",
    **{
        f"catalogue:{what}": "comes of what was chosen on another page; test_finding_help.py walks it"
        for what in ("compare", "compare_print", "save")
    },
    "signups_staff:csv": "a file",
    **{f"followup:{what}": "a file" for what in ("list_csv", "load_csv", "kinds_csv", "at_risk_csv", "unmet_csv")},
    "enquiries_staff:list_csv": "a file",
    "followup:step": "leads on to the step in its plan",
    "followup:agreement_to_review": "leads on to the agreement",
    "catalogue_staff:one_export": "is only for whoever pressed the button; its own tests look at it",
    "signups_staff:to_call": "leads on to the list of the meeting",
    "own_signups:calendar": "a file",
    **{
        f"catalogue_staff:{what}": "a file"
        for what in ("import_template", "import_report", "export_csv", "export_file")
    },
    "workbench:units_csv": "a file",
    "demo:stage": "signs in and leads on to the page of a stage; its own tests follow it",
    "demo:sign_in": "sends on to work; every visit by a persona begins with it",
    "access:session": "JSON for the script that warns before a session ends",
    "citizen:session": "JSON for the script that warns before a session ends",
    "access:provider_begin": _TO_PROVIDER,
    "access:provider_keys": "JSON for the provider",
    "access:provider_return": "the provider sends people here; its own tests say what they then see",
    "access:provider_step_up": _TO_PROVIDER,
    "access:second_step": _HALFWAY,
    "access:choose_password": _HALFWAY,
    "access:set_up": _HALFWAY,
    "access:set_up_totp": _HALFWAY,
    "access:set_up_passkey": _HALFWAY,
    "access:recovery_codes": _HALFWAY,
    "access:administration_accounts_csv": "a file",
    "access:administration_permissions_csv": "a file",
    "access:administration_changes_csv": "a file",
    "people:snooping_csv": "a file",
    "people:import_template": "a file",
    "people:person_list_csv": "a file",
    "people:scan": "a file",
    "messages:notices_csv": "a file",
    "worklist:items_csv": "a file",
    "questionnaires:form_file": "a file",
    "questionnaires:upload": "a file",
    "own_questionnaires:upload": "a file",
    "questionnaires:chart": "a picture",
    "own_questionnaires:chart": "a picture",
    "questionnaires:pdf_file": "a file",
    **visits_of_strategy.NO_PAGE,
    "own_questionnaires:pdf_file": "a file",
    "citizen:scan": "a file",
    "citizen:own_file": "a file",
    "citizen:access_log_csv": "a file",
    "citizen:access_log_json": "a file",
    "citizen:provider_begin": _TO_PROVIDER,
    "citizen:provider_return": "the provider sends people here; its own tests say what they then see",
    "citizen:provider_step_up": _TO_PROVIDER,
    "citizen:front_channel_sign_out": "the provider's page asks for this in a frame",
    **{f"rights:{what}": _WITH_ANSWERS for what in ("answers", "answered_right", "print", "save", "pdf", "pdf_file")},
    **{f"rights_at_work:{what}": _WITH_ANSWERS for what in ("ask", "answers", "answered_right", "print")},
    "healthz": "JSON for machines",
    "readyz": "JSON for machines",
}
# Public pages with nothing for somebody who is signed in: they lead on to where that person works.
_FOR_STRANGERS = frozenset({"access:sign_in", "access:local_sign_in", "citizen:sign_in"})


@dataclass(frozen=True, slots=True)
class Visit:
    """One look at a route by somebody: `ANYBODY`, `NURSE`, or the persona with this id."""

    route: str
    path: str
    persona_id: str

    def address(self, town: Town, things: Things) -> str:
        example = EXAMPLES.get(self.route)
        return example(town, things) if example else self.path

    def __str__(self) -> str:
        return f"{self.route} as {self.persona_id}"


@dataclass(frozen=True, slots=True)
class Look:
    """How a page is looked at."""

    language: str
    theme: str
    width: int

    def __str__(self) -> str:
        return f"{self.language} {self.theme} {self.width}px"


EVERY_LOOK = [Look(*each) for each in product(LANGUAGES, THEMES, WIDTHS)]
# With no factor in common with the number of looks: each is used once before any is used again.
_STRIDE = 7


def look_number(number: int) -> Look:
    """Return the look of the visit with this number: neighbours differ in all that can differ."""
    return EVERY_LOOK[number * _STRIDE % len(EVERY_LOOK)]


def got_routes() -> list[dict[str, object]]:
    """Return every route that answers GET."""
    return [route for route in routes() if "GET" in route["methods"]]


def visits() -> list[Visit]:
    """Return every visit: public pages as anybody and as the leader, the others as somebody who may."""
    return [
        Visit(route=str(route["name"]), path=str(route["path"]), persona_id=who)
        for route in got_routes()
        if not why_left_out(route)
        for who in _visitors(route)
    ]


def why_left_out(route: dict[str, object]) -> str:
    """Return why a route is not visited; empty if it is."""
    if route["name"] in NO_PAGE:
        return NO_PAGE[str(route["name"])]
    if "<" in str(route["path"]) and route["name"] not in EXAMPLES:
        return "no example of its address"
    return "" if list(_visitors(route)) else "nobody in the town may see it"


def _visitors(route: dict[str, object]) -> Iterator[str]:
    action = ACTIONS.get(str(route["action"]))
    if route["access"] == "public":
        yield ANYBODY
        if route["name"] not in _FOR_STRANGERS:
            yield LEADER
    elif action is None:
        return
    elif str(route["path"]).startswith("/min-side/"):
        if action.citizens:
            yield CITIZEN
    elif action.name == _OWN_ACCOUNT or route["name"] == "access:local_step_up":
        yield NURSE
    elif action.roles:
        yield persona_with(action.roles).id
