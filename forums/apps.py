from importlib import import_module

from django.apps import AppConfig


class ForumsConfig(AppConfig):
    name = "forums"

    def ready(self) -> None:
        """By now every model is loaded. Exchanges listen, tell and declare in modules of their own."""
        for name in ("exchange_listeners", "exchange_personal", "exchange_streams"):
            import_module(f"forums.{name}")
