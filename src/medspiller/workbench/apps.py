from django.apps import AppConfig


class WorkbenchConfig(AppConfig):
    name = "medspiller.workbench"
    label = "workbench"
