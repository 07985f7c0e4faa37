"""Addresses under `/arbeid/`."""

from django.urls import include, path

from medspiller.questionnaires.web import documents, filling, over_time, reading, staff

app_name = "questionnaires"

urlpatterns = [
    path("skjema/", staff.form_list, name="list"),
    path("personer/<uuid:person_id>/skjema/", staff.about, name="about"),
    path("skjema/svar/<uuid:response_id>/", filling.fill, name="fill"),
    path("skjema/svar/<uuid:response_id>/oversikt/", filling.review, name="review"),
    path("skjema/svar/<uuid:response_id>/forkast/", filling.throw_away, name="throw_away"),
    path("skjema/svar/<uuid:response_id>/lest/", reading.read, name="read"),
    path("skjema/svar/<uuid:response_id>/utskrift/", reading.read_print, name="print"),
    path("skjema/svar/<uuid:response_id>/ny/", reading.amend, name="amend"),
    path("skjema/svar/<uuid:response_id>/feil/", reading.mark, name="mark"),
    path("skjema/svar/<uuid:response_id>/pdf/", documents.pdf, name="pdf"),
    path("skjema/svar/<uuid:response_id>/pdf/fil/", documents.pdf_file, name="pdf_file"),
    path("personer/<uuid:person_id>/skjema/utvikling/", over_time.over_time, name="over_time"),
    path("personer/<uuid:person_id>/skjema/utvikling/diagram.svg", over_time.chart, name="chart"),
    path("skjema/vedlegg/<uuid:upload_id>/", reading.upload, name="upload"),
    path("", include("medspiller.questionnaires.web.editing_urls")),
]
