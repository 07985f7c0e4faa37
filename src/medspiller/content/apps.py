from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "medspiller.content"
    label = "content"
