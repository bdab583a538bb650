from modeltranslation.translator import TranslationOptions, register

from community.programmes.models import Programme


@register(Programme)
class ProgrammeTexts(TranslationOptions):
    fields = ("title", "description")
