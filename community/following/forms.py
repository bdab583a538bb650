"""A level, as a button of a form says it."""

from django import forms

from community.following.choices import Level

NOTHING = ""  # no choice of her own


class LevelForm(forms.Form):
    """`level` is empty where nothing shall be chosen any more."""

    level = forms.TypedChoiceField(
        choices=[(str(level.value), level.name) for level in Level],
        coerce=lambda value: Level(int(value)),
        empty_value=None,
        required=False,
    )
