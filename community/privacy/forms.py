from django import forms
from django.utils.translation import pgettext_lazy


class LeaveForm(forms.Form):
    understood = forms.BooleanField(
        label=pgettext_lazy("leaving form", "I have read what goes and what stays."),
    )
