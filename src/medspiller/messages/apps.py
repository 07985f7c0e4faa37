from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "medspiller.messages"
    # Django's own app of that name has the short label.
    label = "notices"
