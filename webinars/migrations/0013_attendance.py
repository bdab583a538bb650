from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('webinars', '0012_co_hosts'),
    ]

    operations = [
        migrations.AddField(
            model_name='registration',
            name='has_come',
            field=models.BooleanField(default=False),
        ),
    ]
