from pathlib import Path
from shutil import rmtree

from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def say_who_leaves(apps: Apps, _: BaseDatabaseSchemaEditor) -> None:
    """A departure is the truth of leaving. One of a member who was let back in meanwhile must not erase her."""
    departures = apps.get_model("privacy", "Departure").objects.all()
    departures.filter(member__is_active=True).delete()
    leaving = list(departures.values_list("member_id", flat=True))
    apps.get_model("members", "Member").objects.filter(pk__in=leaving).update(is_leaving=True, is_suspended=False)


def drop_archives(apps: Apps, _: BaseDatabaseSchemaEditor) -> None:
    """They stand in the storage from now on. Nobody would sweep those made before: members ask again."""
    apps.get_model("privacy", "Archive").objects.all().delete()
    rmtree(Path(settings.DATA_DIR) / "archives", ignore_errors=True)


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0007_suspended_and_leaving'),
        ('privacy', '0001_archives_and_departures'),
    ]

    operations = [
        migrations.RunPython(say_who_leaves, migrations.RunPython.noop),
        migrations.RunPython(drop_archives, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name='archive',
            name='file_name',
        ),
        migrations.AddField(
            model_name='archive',
            name='path',
            field=models.CharField(default='', max_length=120),
        ),
    ]
