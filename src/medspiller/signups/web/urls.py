"""Addresses under `/tilbud/`."""

from django.urls import path

from medspiller.signups.web import by_link, open_pages

app_name = "signups"

urlpatterns = [
    path("<slug:offer_name>/pamelding/<uuid:meeting_id>/", open_pages.begin, name="begin"),
    path("plass/<str:place_secret>/", by_link.place, name="place"),
]
