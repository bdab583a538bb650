from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "community.live"

    def ready(self) -> None:
        from community.facts.actions import AFTER_COMMIT  # models must be loaded first
        from community.live.bells import ring

        AFTER_COMMIT.append(ring)
