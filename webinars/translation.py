from modeltranslation.translator import TranslationOptions, register

from webinars.models import Series, Session


@register(Series)
class SeriesTexts(TranslationOptions):
    fields = ("title", "description", "speaker_note")


@register(Session)
class SessionTexts(TranslationOptions):
    fields = ("title", "abstract", "recording_consent")
