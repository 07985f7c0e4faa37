from django.apps import AppConfig


class StrategyConfig(AppConfig):
    name = "medspiller.strategy"
    label = "strategy"
