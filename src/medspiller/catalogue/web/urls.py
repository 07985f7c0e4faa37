"""Addresses under `/tilbud/`."""

from django.urls import path

from medspiller.catalogue.web import choosing, comparing, finding, offer, reporting, saving

app_name = "catalogue"

urlpatterns = [
    path("", finding.find, name="find"),
    path("forslag/", finding.suggest, name="suggest"),
    path("velg/", choosing.choose, name="choose"),
    path("sammenlign/", comparing.compare, name="compare"),
    path("sammenlign/utskrift/", comparing.compare_print, name="compare_print"),
    path("lagre/", saving.save, name="save"),
    path("lagret/<str:list_secret>/", saving.saved, name="saved"),
    path("<slug:offer_name>/", offer.offer, name="offer"),
    path("<slug:offer_name>/utskrift/", offer.offer_print, name="offer_print"),
    path("<slug:offer_name>/feil/", reporting.wrong, name="wrong"),
    path("<slug:offer_name>/feil/takk/", reporting.thanks, name="thanks"),
]
