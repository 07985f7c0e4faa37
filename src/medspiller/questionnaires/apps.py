from django.apps import AppConfig


class QuestionnairesConfig(AppConfig):
    name = "medspiller.questionnaires"
    label = "questionnaires"
