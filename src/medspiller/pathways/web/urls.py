"""Addresses under `/arbeid/`."""

from django.urls import path

from medspiller.pathways.web import reading

app_name = "pathways"

urlpatterns = [
    path("forlop/", reading.pathways, name="list"),
    path("forlop/<slug:pathway_name>/", reading.pathway, name="pathway"),
]
