from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "medspiller.access"
    label = "access"
