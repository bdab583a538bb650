from modeltranslation.translator import TranslationOptions, register

from forums.models import Forum, ForumGroup, Outcome


@register(ForumGroup)
class ForumGroupTexts(TranslationOptions):
    fields = ("title",)


@register(Forum)
class ForumTexts(TranslationOptions):
    fields = ("title", "description")


@register(Outcome)
class OutcomeTexts(TranslationOptions):
    fields = ("title", "context", "tried", "result", "cost", "contacts")
