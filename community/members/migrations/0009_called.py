"""Members are looked up by their names without accents."""

from typing import Any

import community.members.models
from community.text.folding import bare_name
from django.db import migrations


def fold_names(apps: Any, schema_editor: Any) -> None:
    members = apps.get_model("members", "Member").objects
    for member in members.only("pk", "name", "handle").iterator():
        members.filter(pk=member.pk).update(called=bare_name(member.name, member.handle))


class Migration(migrations.Migration):
    dependencies = [("members", "0008_confirmed_affiliation")]

    operations = [
        migrations.AddField(
            model_name="member",
            name="called",
            field=community.members.models.CalledField(default="", editable=False),
        ),
        migrations.RunPython(fold_names, migrations.RunPython.noop, elidable=True),
    ]
