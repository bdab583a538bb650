from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "community.programmes"
