from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    name = "medspiller.statistics"
    label = "statistics"
