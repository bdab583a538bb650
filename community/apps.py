from django.apps import AppConfig

import community.addresses  # noqa: F401 - makes `<id:…>` known before any address is read


class CommunityConfig(AppConfig):
    name = "community"

    def ready(self) -> None:
        # Only now: measures ask models.
        from community.facts.actions import AFTER_COMMIT
        from community.measures import count_action

        AFTER_COMMIT.append(count_action)
