from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class FollowingConfig(AppConfig):
    name = "community.following"

    def ready(self) -> None:
        autodiscover_modules("followed")
