from django.db import migrations, models
from django.utils import timezone

TAKING_PART = ["asking", "responded", "matched"]


def confirm_who_has_spoken(apps, schema_editor):
    """Whoever has written in an exchange in which her city takes part is known to the other cities as its officer.

    Of all others nobody but themselves has said where they work.
    """
    Member, Post = apps.get_model("members", "Member"), apps.get_model("forums", "Post")
    Party = apps.get_model("forums", "Party")
    here = Party.objects.filter(exchange__thread=models.OuterRef("thread_id"), role__in=TAKING_PART)
    spoken = Post.objects.filter(
        models.Exists(here.filter(city=models.OuterRef("author__city_id"))), author__city__isnull=False
    )
    Member.objects.filter(pk__in=spoken.values("author_id")).update(city_confirmed_at=timezone.now())


class Migration(migrations.Migration):

    dependencies = [
        ("members", "0007_suspended_and_leaving"),
        ("forums", "0009_unmatched_cities"),
        ("topics", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="member",
            name="city_confirmed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="city",
            name="population",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="city",
            name="priorities",
            field=models.ManyToManyField(blank=True, related_name="+", to="topics.theme"),
        ),
        migrations.RunPython(confirm_who_has_spoken, migrations.RunPython.noop, elidable=True),
    ]
