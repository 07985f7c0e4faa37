"""The demo's people, and signing in as one of them. Both are 404 where this is no demo."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.cache import never_cache

from medspiller.access.declare import public
from medspiller.access.domain.accounts import DEMO_ISSUER
from medspiller.access.domain.roles import Role
from medspiller.access.web.sessions import open_session
from medspiller.core.actors import ActorKind
from medspiller.core.errors import NotFound
from medspiller.demo import services
from medspiller.demo.domain import places
from medspiller.demo.domain.main_line import STAGES, Stage
from medspiller.demo.domain.personas import CITIZENS, PERSONAS, Citizen, Persona

ROLES = {
    Role.CARE_WORKER: (_("Care worker"), _("Meets carers every day, and sees the unit and its colleagues.")),
    Role.CARER_CONTACT: (_("Carer contact"), _("Talks with carers, and follows families over time.")),
    Role.CHILDREN_LEAD: (_("Responsible for children"), _("Sees to it that nobody forgets the children and siblings.")),
    Role.CASE_WORKER: (_("Case worker"), _("Prepares answers to those who apply for respite and support.")),
    Role.LEADER: (_("Leader"), _("Sees all units of the service, and can change what they say.")),
    Role.STRATEGY_OWNER: (_("Strategy owner"), _("Follows up what the municipality has decided to do for carers.")),
    Role.COORDINATOR: (
        _("Coordinator in the health trust"),
        _("Works at the hospital, and sees another organisation altogether."),
    ),
    Role.VOLUNTEER_COORDINATOR: (_("Volunteer coordinator"), _("Keeps up with volunteers and organisations.")),
    Role.ORGANISATION_EDITOR: (
        _("Editor for an organisation"),
        _("Writes about what Mestringsverket offers, and sees nothing else."),
    ),
    Role.ADMINISTRATOR: (_("Access administrator"), _("Gives and ends roles, and can change all units.")),
}

OF_CITIZENS = {
    "datter": (
        _("Daughter of a mother with dementia"),
        _("Looks after her mother, works, and has a son at home. Has said twice how she is, and begun a crisis plan."),
    ),
    "forelder": (
        _("Mother of a child with complex needs"),
        _("Has three children, and one of them needs much help. Decides what the services may know about her."),
    ),
    "ungdom": (
        _("Fifteen years old, and a carer"),
        _("His father is in psychiatric care. Has answered how he is himself, and sees what is written about him."),
    ),
    "etterlatt": (_("Bereaved husband"), _("Lost his wife a short time ago, and has a daughter of twelve.")),
    "pasient": (
        _("Patient"),
        _("Has named a friend as nearest next of kin, and said no to her brother. Can change both."),
    ),
}

OF_STAGES = {
    "mott": (
        pgettext_lazy("a stage of the story", "Met"),
        _("A nurse meets Solveig, who has dementia, and asks who is around her."),
    ),
    "registrert": (
        _("Registered"),
        _("Her daughter Kari is written down as the nearest next of kin, and the page says what she may be told."),
    ),
    "spurt": (_("Asked"), _("Kari has told what matters to her, and how she is.")),
    "foreslatt": (
        _("Given suggestions"),
        _(
            "This leads to rights and offers, each with the reason why. "
            "Kari says yes to a course, and no to respite because the time does not suit her."
        ),
    ),
    "pameldt": (_("Signed up"), _("She has a place on the course for dementia carers.")),
    "plan": (_("A plan"), _("Her contact person holds a plan with her, with steps and days.")),
    "sonnen": (
        _("The son's own path"),
        _(
            "Noah is fifteen and his father is ill. He has his own file and his own adult, "
            "and has already had three talks."
        ),
    ),
    "overlevert": (
        _("Handed over"),
        _(
            "While Noah's own adult is on leave, a colleague looks after his plan. The page shows who has been "
            "responsible for it, and when."
        ),
    ),
    "evaluert": (_("Evaluated"), _("Three months later Kari is asked again. The changes are shown side by side.")),
    "tallene": (
        _("In the municipality's plan"),
        _("The measure that all this belongs to shows a figure, and nobody can be identified from it."),
    ),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A persona as the page shows it, in the reader's language; names of people and places stay as they are."""

    persona: Persona | Citizen
    role: str
    sees: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class ShownStage:
    """A stage of the main line as the page shows it, with the name of whom one is there."""

    stage: Stage
    title: str
    text: str
    name: str


@public("a demo is for everybody; 404 where this is none")
@never_cache
def personas(request: HttpRequest) -> HttpResponse:
    """Show whom one can be, in the municipality and in the health trust."""
    if not services.allowed(actor=request.actor):  # type: ignore[attr-defined]
        raise NotFound("no demo")
    return render(
        request,
        "demo/personas.html",
        {
            "stages": [_shown_stage(each) for each in STAGES],
            "municipality": _shown([each for each in PERSONAS if not each.health_trust]),
            "citizens": [Shown(each, *map(str, OF_CITIZENS[each.id])) for each in CITIZENS],
            "health_trust": _shown([each for each in PERSONAS if each.health_trust]),
        },
    )


@public("signing in without proof; 404 unless both locks of the demo are open")
@never_cache
def sign_in(request: HttpRequest, persona_id: str) -> HttpResponse:
    """Become a persona, and begin where its work begins."""
    account = services.account_of(actor=request.actor, persona_id=persona_id)  # type: ignore[attr-defined]
    open_session(request, account, issuer=DEMO_ISSUER)
    return redirect(_begins(account.kind))


@public("signing in without proof; 404 unless both locks of the demo are open")
@never_cache
def walk(request: HttpRequest, stage_id: str) -> HttpResponse:
    """Become whom one is at a stage of the main line, and go to its page; where that is gone, to where work begins."""
    account, address = services.stage_of(actor=request.actor, stage_id=stage_id)  # type: ignore[attr-defined]
    open_session(request, account, issuer=DEMO_ISSUER)
    return redirect(address or _begins(account.kind))


def _begins(kind: str) -> str:
    return "citizen:home" if kind == ActorKind.CITIZEN else "workbench:home"


def _shown_stage(stage: Stage) -> ShownStage:
    title, text = OF_STAGES[stage.id]
    name = next(each.name for each in (*PERSONAS, *CITIZENS) if each.id == stage.persona)
    return ShownStage(stage, str(title), str(text), name)


def _shown(wanted: Sequence[Persona]) -> list[Shown]:
    names = {place.key: place.name for place in (*places.MUNICIPALITY, *places.HEALTH_TRUST, *places.districts(1))}
    return [
        Shown(persona=each, role=str(ROLES[each.role][0]), sees=str(ROLES[each.role][1]), place=names[each.unit])
        for each in wanted
    ]
