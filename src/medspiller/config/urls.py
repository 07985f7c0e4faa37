"""All addresses. Those in `docs/contract.md` stay stable."""

from django.urls import include, path

from medspiller.access.declare import public
from medspiller.config import faults, health
from medspiller.ui.web import views as ui

# Several apps have pages there; they share one name.
OF_CITIZENS = [
    path("", include("medspiller.access.web.citizen_urls")),
    path("", include("medspiller.people.web.citizen_urls")),
    path("", include("medspiller.messages.web.citizen_urls")),
]

urlpatterns = [
    path("", include("medspiller.portal.web.urls")),
    path("", include("medspiller.enquiries.web.urls")),
    path("", include("medspiller.catalogue.web.outside_urls")),
    path("tilbud/", include("medspiller.signups.web.urls")),
    path("tilbud/", include("medspiller.catalogue.web.urls")),
    path("rettigheter/", include("medspiller.rights.web.urls")),
    path("arbeid/", include("medspiller.access.web.urls")),
    path("arbeid/", include("medspiller.workbench.web.urls")),
    path("arbeid/", include("medspiller.people.web.urls")),
    path("arbeid/", include("medspiller.worklist.web.urls")),
    path("arbeid/", include("medspiller.pathways.web.urls")),
    path("arbeid/", include("medspiller.followup.web.urls")),
    path("arbeid/", include("medspiller.messages.web.urls")),
    path("arbeid/", include("medspiller.questionnaires.web.urls")),
    path("arbeid/", include("medspiller.rights.web.staff_urls")),
    path("arbeid/", include("medspiller.signups.web.staff_urls")),
    path("arbeid/", include("medspiller.enquiries.web.staff_urls")),
    path("arbeid/strategi/", include("medspiller.strategy.web.urls")),
    path("arbeid/tilbud/", include("medspiller.catalogue.web.staff_urls")),
    path("min-side/", include("medspiller.questionnaires.web.citizen_urls")),
    path("min-side/", include("medspiller.rights.web.citizen_urls")),
    path("min-side/", include("medspiller.signups.web.citizen_urls")),
    path("min-side/", include("medspiller.followup.web.citizen_urls")),
    path("min-side/", include((OF_CITIZENS, "citizen"))),
    path("plan/", include("medspiller.strategy.web.public_urls")),
    path("demo/", include("medspiller.demo.web.urls")),
    path("utseende/", public("anybody may choose light or dark", methods=("POST",))(ui.appearance), name="appearance"),
    path("healthz", public("says whether this process answers")(health.process), name="healthz"),
    path("readyz", public("says whether database and jobs answer")(health.ready), name="readyz"),
]

handler400 = "medspiller.ui.errors.bad_request"
handler403 = "medspiller.ui.errors.forbidden"
handler404 = "medspiller.ui.errors.not_found"
handler500 = faults.server_error
