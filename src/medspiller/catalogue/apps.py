from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "medspiller.catalogue"
    label = "catalogue"
