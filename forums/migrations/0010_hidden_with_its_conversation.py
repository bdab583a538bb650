from typing import Any

from django.db import migrations
from django.db.models import OuterRef, Subquery


def hide_as_the_conversation_is(apps: Any, schema_editor: Any) -> None:
    """A request's card is hidden where its conversation is, and only there."""
    opening = apps.get_model("forums", "Post").objects.filter(thread=OuterRef("thread"), kind="opening")
    exchanges = apps.get_model("forums", "Exchange").objects.filter(thread__posts__kind="opening")
    exchanges.update(hidden_at=Subquery(opening.values("hidden_at")[:1]))


class Migration(migrations.Migration):
    dependencies = [("forums", "0009_unmatched_cities")]

    operations = [migrations.RunPython(hide_as_the_conversation_is, migrations.RunPython.noop)]
