from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PersonalConfig(AppConfig):
    name = "community.personal"

    def ready(self) -> None:
        """By now every model is loaded: find out what each room holds of people."""
        autodiscover_modules("personal")
