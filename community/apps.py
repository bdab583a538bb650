from django.apps import AppConfig
from django.urls import register_converter

from community.addresses import IdConverter


class CommunityConfig(AppConfig):
    name = "community"

    def ready(self) -> None:
        register_converter(IdConverter, "id")
        # Only now: measures ask models.
        from community.facts.actions import AFTER_COMMIT
        from community.measures import count_action

        AFTER_COMMIT.append(count_action)
