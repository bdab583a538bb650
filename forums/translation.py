from modeltranslation.translator import TranslationOptions, register

from forums.models import Forum, ForumGroup


@register(ForumGroup)
class ForumGroupTexts(TranslationOptions):
    fields = ("title",)


@register(Forum)
class ForumTexts(TranslationOptions):
    fields = ("title", "description")
