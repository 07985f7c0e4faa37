from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "medspiller.organisations"
    label = "organisations"
