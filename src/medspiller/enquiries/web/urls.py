"""Addresses beside the open pages that they belong to."""

from django.urls import path

from medspiller.enquiries.web import open_pages

app_name = "enquiries"

urlpatterns = [
    path("kontakt/ring-meg/", open_pages.call, name="call"),
    path("kontakt/ring-meg/takk/", open_pages.call_thanks, name="call_thanks"),
    path("tilgjengelighet/tilbakemelding/", open_pages.accessibility, name="accessibility"),
    path("tilgjengelighet/tilbakemelding/takk/", open_pages.accessibility_thanks, name="accessibility_thanks"),
    path("personvern/tilbakemelding/", open_pages.privacy, name="privacy"),
    path("personvern/tilbakemelding/takk/", open_pages.privacy_thanks, name="privacy_thanks"),
]
