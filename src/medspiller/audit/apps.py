from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "medspiller.audit"
    label = "audit"
