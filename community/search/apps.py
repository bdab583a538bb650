from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class SearchConfig(AppConfig):
    name = "community.search"

    def ready(self) -> None:
        """What rooms have to be found, and the one listener that follows all they tell of it."""
        from community.search import people  # noqa: F401  of rooms below, which may not know of us
        from community.search.listeners import follow_all

        autodiscover_modules("documents")

        follow_all()
