from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "medspiller.ui"
    label = "ui"
