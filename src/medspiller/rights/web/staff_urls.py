"""Addresses under `/arbeid/`."""

from django.urls import path

from medspiller.rights.web import at_work

app_name = "rights_at_work"

urlpatterns = [
    path("rettigheter/", at_work.counts, name="counts"),
    path("personer/<uuid:person_id>/rettigheter/", at_work.start, name="start"),
    path("personer/<uuid:person_id>/rettigheter/sporsmal/", at_work.ask, name="ask"),
    path("personer/<uuid:person_id>/rettigheter/svar/", at_work.show_answers, name="answers"),
    path("personer/<uuid:person_id>/rettigheter/svar/utskrift/", at_work.print_answers, name="print"),
    path(
        "personer/<uuid:person_id>/rettigheter/svar/rett/<slug:right_name>/",
        at_work.answered_right,
        name="answered_right",
    ),
    path("personer/<uuid:person_id>/rettigheter/gitt/<uuid:kept_id>/", at_work.handed_over, name="handed_over"),
]
