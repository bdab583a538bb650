from modeltranslation.translator import TranslationOptions, register

from community.topics.models import Tag, Theme


@register(Theme)
class ThemeTexts(TranslationOptions):
    fields = ("title",)


@register(Tag)
class TagTexts(TranslationOptions):
    fields = ("description",)
