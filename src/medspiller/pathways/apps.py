from django.apps import AppConfig


class PathwaysConfig(AppConfig):
    name = "medspiller.pathways"
    label = "pathways"
