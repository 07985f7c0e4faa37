from django.apps import AppConfig


class RightsConfig(AppConfig):
    name = "medspiller.rights"
    label = "rights"
