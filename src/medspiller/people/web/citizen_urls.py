"""Addresses under `/min-side/`. They share the name `citizen` with those of `access`, so the root joins the two."""

from django.urls import path

from medspiller.people.web import own_log

urlpatterns = [
    path("innsyn/", own_log.access_log, name="access_log"),
    path("innsyn/kopi.csv", own_log.access_log_csv, name="access_log_csv"),
    path("innsyn/kopi.json", own_log.access_log_json, name="access_log_json"),
    path("innsyn/utskrift/", own_log.access_log_print, name="access_log_print"),
    path("innsyn/<uuid:entry_id>/spor/", own_log.ask, name="ask_about_access"),
]
