"""Addresses under `/rettigheter/`."""

from django.urls import path

from medspiller.rights.web import open_pages, saving

app_name = "rights"

urlpatterns = [
    path("", open_pages.start, name="start"),
    path("alle/", open_pages.every_right, name="every_right"),
    path("situasjon/<slug:situation_name>/", open_pages.situation, name="situation"),
    path("sporsmal/", open_pages.ask, name="ask"),
    path("svar/", open_pages.show_answers, name="answers"),
    path("svar/utskrift/", open_pages.print_answers, name="print"),
    path("svar/rett/<slug:right_name>/", open_pages.answered_right, name="answered_right"),
    path("svar/lagre/", saving.save, name="save"),
    path("svar/pdf/", saving.pdf, name="pdf"),
    path("svar/pdf/fil/", saving.pdf_file, name="pdf_file"),
    path("lagret/<str:secret>/", saving.saved, name="saved"),
    path("<slug:right_name>/", open_pages.right, name="right"),
    path("<slug:right_name>/utskrift/", open_pages.right_print, name="right_print"),
]
