"""Addresses under `/min-side/`."""

from django.urls import path

from medspiller.signups.web import own

app_name = "own_signups"

urlpatterns = [
    path("pameldinger/", own.own_list, name="list"),
    path("pameldinger/<uuid:sign_up_id>/", own.place, name="place"),
    path("pameldinger/<uuid:sign_up_id>/kalender.ics", own.calendar, name="calendar"),
]
