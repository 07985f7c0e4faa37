from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "medspiller.people"
    label = "people"
