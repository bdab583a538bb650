from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class FactsConfig(AppConfig):
    name = "community.facts"

    def ready(self) -> None:
        """By now every model is loaded: find out who listens."""
        autodiscover_modules("listeners")
