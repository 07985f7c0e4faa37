"""Addresses under `/arbeid/`."""

from django.urls import path

from medspiller.enquiries.web import staff

app_name = "enquiries_staff"

urlpatterns = [
    path("henvendelser/", staff.enquiry_list, name="list"),
    path("henvendelser/liste.csv", staff.enquiry_list_csv, name="list_csv"),
    path("henvendelser/mottakere/", staff.recipients, name="recipients"),
    path("henvendelser/<uuid:enquiry_id>/", staff.enquiry, name="enquiry"),
]
