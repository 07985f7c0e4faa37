"""Addresses under `/min-side/`."""

from django.urls import path

from medspiller.rights.web import own

app_name = "own_rights"

urlpatterns = [
    path("rettigheter/", own.own_list, name="list"),
    path("rettigheter/ta-vare-pa/", own.keep, name="keep"),
    path("rettigheter/<uuid:kept_id>/", own.kept, name="kept"),
]
