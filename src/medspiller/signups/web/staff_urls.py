"""Addresses under `/arbeid/`."""

from django.urls import path

from medspiller.signups.web import organising

app_name = "signups_staff"

_LIST = "tilbud/<uuid:entry_id>/samlinger/<uuid:meeting_id>/deltakere/"

urlpatterns = [
    path("samlinger/<uuid:meeting_id>/ringes/", organising.to_call, name="to_call"),
    path(_LIST, organising.participants, name="participants"),
    path(f"{_LIST}ny/", organising.add, name="add"),
    path(f"{_LIST}utskrift/", organising.on_paper, name="print"),
    path(f"{_LIST}liste.csv", organising.as_csv, name="csv"),
]
