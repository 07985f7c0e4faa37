"""Addresses under `/min-side/`."""

from django.urls import path

from medspiller.followup.web import own

app_name = "own_followup"

urlpatterns = [
    path("oppfolging/", own.home, name="home"),
    path("oppfolging/forslag/<uuid:suggestion_id>/", own.suggestion, name="suggestion"),
]
