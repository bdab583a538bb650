from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

MODULES = (
    "decision_notices",
    "exchange_listeners",
    "exchange_moderated",
    "exchange_personal",
    "exchange_streams",
)


class ForumsConfig(AppConfig):
    name = "forums"

    def ready(self) -> None:
        """By now every model is loaded. Exchanges listen, tell and declare in modules of their own."""
        for name in MODULES:
            import_module(f"forums.{name}")
        autodiscover_modules("cards")
