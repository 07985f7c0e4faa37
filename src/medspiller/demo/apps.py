from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "medspiller.demo"
    label = "demo"
