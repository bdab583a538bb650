from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class LiveConfig(AppConfig):
    name = "community.live"

    def ready(self) -> None:
        from community.facts.actions import AFTER_COMMIT  # models must be loaded first
        from community.live.bells import ring

        AFTER_COMMIT.append(ring)
        autodiscover_modules("streams")
