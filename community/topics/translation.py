from modeltranslation.translator import TranslationOptions, register

from community.topics.models import Theme


@register(Theme)
class ThemeTexts(TranslationOptions):
    fields = ("title",)
