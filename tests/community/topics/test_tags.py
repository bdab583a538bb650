import pytest
from django.core.exceptions import ValidationError

from community.topics.actions import tags_called
from community.topics.forms import TagsField
from community.topics.models import Tag
from community.topics.queries import suggested_tags

pytestmark = pytest.mark.django_db


def test_case_and_accents_do_not_make_another_tag():
    [first] = tags_called(["Inundación"])

    again = tags_called(["INUNDACION", "inundación", "حرّ"])

    assert again == [first, Tag.objects.get(name="حرّ")]
    assert Tag.objects.count() == 2


def test_suggestions_begin_with_what_was_typed_the_most_used_first():
    tags_called(["École", "Ecologie urbaine", "water"])

    assert [tag.name for tag in suggested_tags("eco")] == ["École", "Ecologie urbaine"]
    assert suggested_tags("  ") == []


def test_a_tags_field_takes_commas_of_any_script_and_drops_doubles():
    assert TagsField().clean("#Heat,  heat،مياه\nÉté") == ["Heat", "مياه", "Été"]


@pytest.mark.parametrize("typed", ["a,b,c,d,e,f", "x" * 41, "\u202eevil", "one\ud800", "nul\x00"])
def test_a_tags_field_refuses_too_many_too_long_and_unfit_tags(typed):
    with pytest.raises(ValidationError):
        TagsField(most=5).clean(typed)
