from django.apps import AppConfig


class EnquiriesConfig(AppConfig):
    name = "medspiller.enquiries"
    label = "enquiries"
