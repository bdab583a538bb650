from modeltranslation.translator import TranslationOptions, register

from community.members.models import City


@register(City)
class CityTexts(TranslationOptions):
    fields = ("name", "description")
