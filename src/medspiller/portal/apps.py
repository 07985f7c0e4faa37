from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "medspiller.portal"
    label = "portal"
