"""Addresses under `/min-side/`. They share the name `citizen` with those of other apps, so the root joins them."""

from django.urls import path

from medspiller.messages.web import own

urlpatterns = [
    path("varsler/", own.notices, name="notices"),
]
