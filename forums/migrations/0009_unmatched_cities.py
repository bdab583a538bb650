from typing import Any

from django.db import migrations, models


def those_that_were_not_matched(apps: Any, schema_editor: Any) -> None:
    """Where others were matched, a city that had responded takes part no more."""
    party = apps.get_model("forums", "Party")
    party.objects.filter(role="responded", exchange__stage__in=["matched", "met", "outcome"]).update(role="unmatched")


class Migration(migrations.Migration):
    dependencies = [("forums", "0008_exchanges")]

    operations = [
        migrations.AlterField(
            model_name="party",
            name="role",
            field=models.CharField(
                choices=[
                    ("asking", "Asked for this"),
                    ("invited", "Invited"),
                    ("responded", "Responded"),
                    ("matched", "Matched"),
                    ("unmatched", "Not matched"),
                    ("left", "No longer taking part"),
                ],
                max_length=12,
            ),
        ),
        migrations.RunPython(those_that_were_not_matched, migrations.RunPython.noop),
    ]
