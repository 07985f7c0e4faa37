from django.apps import AppConfig


class WorklistConfig(AppConfig):
    name = "medspiller.worklist"
    label = "worklist"
