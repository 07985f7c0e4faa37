"""Addresses under `/min-side/`."""

from django.urls import path

from medspiller.questionnaires.web import documents, filling, over_time, own, reading

app_name = "own_questionnaires"

urlpatterns = [
    path("skjema/", own.own_forms, name="list"),
    path("skjema/svar/<uuid:response_id>/", filling.fill_own, name="fill"),
    path("skjema/svar/<uuid:response_id>/oversikt/", filling.review_own, name="review"),
    path("skjema/svar/<uuid:response_id>/forkast/", filling.throw_away_own, name="throw_away"),
    path("skjema/svar/<uuid:response_id>/lest/", reading.read_own, name="read"),
    path("skjema/svar/<uuid:response_id>/utskrift/", reading.print_own, name="print"),
    path("skjema/svar/<uuid:response_id>/ny/", reading.amend_own, name="amend"),
    path("skjema/svar/<uuid:response_id>/feil/", reading.mark_own, name="mark"),
    path("skjema/svar/<uuid:response_id>/pdf/", documents.own_pdf, name="pdf"),
    path("skjema/svar/<uuid:response_id>/pdf/fil/", documents.own_pdf_file, name="pdf_file"),
    path("skjema/utvikling/", over_time.own_over_time, name="over_time"),
    path("skjema/utvikling/diagram.svg", over_time.own_chart, name="chart"),
    path("skjema/vedlegg/<uuid:upload_id>/", reading.upload_own, name="upload"),
]
