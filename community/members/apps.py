from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class MembersConfig(AppConfig):
    name = "community.members"

    def ready(self) -> None:
        autodiscover_modules("profiles")
