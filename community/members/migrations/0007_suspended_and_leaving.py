from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def say_who_is_suspended(apps: Apps, _: BaseDatabaseSchemaEditor) -> None:
    """Until now one column said both. Who of them leaves is known to `community.privacy`, whose migration says it."""
    apps.get_model("members", "Member").objects.filter(is_active=False).update(is_suspended=True)


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0006_hazards'),
        ('topics', '0002_synonyms'),
    ]

    operations = [
        migrations.AddField(
            model_name='member',
            name='is_leaving',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='member',
            name='is_suspended',
            field=models.BooleanField(default=False),
        ),
        migrations.AddConstraint(
            model_name='member',
            constraint=models.CheckConstraint(condition=models.Q(('is_active', False), models.Q(('is_leaving', False), ('is_suspended', False)), _connector='OR'), name='who_is_active_is_not_suspended_nor_leaves'),
        ),
        migrations.RunPython(say_who_is_suspended, migrations.RunPython.noop),
    ]
