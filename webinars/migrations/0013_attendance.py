from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('webinars', '0008_speakers_entries'),
    ]

    operations = [
        migrations.AddField(
            model_name='registration',
            name='has_come',
            field=models.BooleanField(default=False),
        ),
    ]
