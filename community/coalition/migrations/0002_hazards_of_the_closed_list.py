from django.db import migrations, models


class Migration(migrations.Migration):
    """A city chooses from the list that cities are compared by; what the first ones wrote stays as they wrote it."""

    dependencies = [
        ("coalition", "0001_wishes"),
    ]

    operations = [
        migrations.RenameField(model_name="wish", old_name="hazards", new_name="hazards_in_words"),
        migrations.AlterField(
            model_name="wish",
            name="hazards_in_words",
            field=models.CharField(blank=True, default="", max_length=300),
        ),
        migrations.AddField(
            model_name="wish",
            name="hazards",
            field=models.JSONField(blank=True, default=list),
        ),
    ]
