from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "medspiller.core"
    label = "core"
