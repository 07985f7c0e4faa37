from django.apps import AppConfig


class SignupsConfig(AppConfig):
    name = "medspiller.signups"
    label = "signups"
