from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ModerationConfig(AppConfig):
    name = "community.moderation"

    def ready(self) -> None:
        autodiscover_modules("moderated")
