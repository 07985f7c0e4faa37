from django.apps import AppConfig


class FollowupConfig(AppConfig):
    name = "medspiller.followup"
    label = "followup"
