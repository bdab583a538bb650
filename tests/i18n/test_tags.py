from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation

from community.members.models import City, Member


def shown(source: str, language: str = "en", **context: Any) -> str:
    with translation.override(language):
        return Template(source).render(Context(context)).strip()


def test_a_curated_text_in_the_pages_language_stands_bare() -> None:
    city = City(name_en="Quito & valleys", name_es="Quito y valles")

    assert shown('{% said city "name" %}', "es", city=city) == "Quito y valles"
    assert shown('{% said city "name" %}', "en", city=city) == "Quito &amp; valleys"


def test_a_curated_text_in_another_language_names_it() -> None:
    city = City(name_ar="كيتو <b>", original_language="ar")

    element = shown('{% said city "name" %}', "en", city=city)

    assert element == '<span lang="ar" dir="rtl">كيتو &lt;b&gt;</span>'


def test_a_text_not_yet_translated_is_marked_where_that_is_asked_for() -> None:
    city = City(name_en="Quito", name_es="Quito")

    assert "chip" in shown('{% said city "name" mark=True %}', "fr", city=city)
    assert shown('{% said city "name" mark=True %}', "es", city=city) == "Quito"


def test_a_title_takes_a_curated_text_bare_by_tag_or_filter() -> None:
    city = City(name_en="Quito & valleys")

    assert shown('{% said_text city "name" %}|{{ city|said_text:"name" }}', "ar", city=city) == (
        "Quito &amp; valleys|Quito &amp; valleys"
    )


@pytest.mark.parametrize(("code", "name"), [("pt", "Português"), ("ar", "العربية"), ("sw", "Kiswahili"), ("xx", "xx")])
def test_a_language_is_called_by_its_own_name(code: str, name: str) -> None:
    assert shown("{% load i18n %}{{ code|autonym }}", code=code) == name


def test_a_language_knows_its_direction() -> None:
    assert shown('{{ "ar"|direction }} {{ "fr"|direction }}') == "rtl ltr"


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Ana Paredes", "AP"),
        ("Ratna Sari Wulandari", "RW"),
        ("lucía", "L"),
        ("ليلى حداد", "ل"),
        ("李 明", "李"),
        ("<script>", "&lt;"),
        ("42", "4"),
    ],
)
def test_a_face_shows_the_initials_a_script_allows(name: str, letters: str) -> None:
    face = shown("{% face member %}", member=Member(pk=2, name=name))

    assert face == f'<span class="face c" dir="auto" aria-hidden="true">{letters}</span>'


def test_somebody_who_left_still_has_a_face() -> None:
    assert "·" in shown("{% face member %}", member=None)


def test_an_icon_is_for_the_eye_only() -> None:
    element = shown('{% icon "search" %}')

    assert element == '<svg class="icon" aria-hidden="true"><use href="/static/community/icons.svg#search"></use></svg>'


def test_no_moment_says_nothing() -> None:
    assert shown("{% when moment %}{% day moment %}", moment=None) == ""


def test_what_people_write_runs_in_its_own_direction_and_an_address_never_does() -> None:
    class Sample(forms.Form):
        name = forms.CharField()
        email = forms.EmailField()

    form = Sample()

    assert 'dir="auto"' in shown("{% control field %}", field=form["name"])
    assert "dir=" not in shown("{% control field %}", field=form["email"])


def test_a_field_ties_its_hint_and_error_to_its_control() -> None:
    class Sample(forms.Form):
        name = forms.CharField(help_text="As on your door.", error_messages={"required": "Write a name."})

    html = shown('{% include "components/_field.html" with field=form.name %}', form=Sample({}))

    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext">As on your door.<' in html
    assert '<ul class="errors" id="id_name_error">' in html
    assert "Write a name." in html


def test_long_lists_leave_pages_out() -> None:
    numbers = shown("{% page_numbers page as numbers %}{{ numbers }}", page=Paginator(range(200), 10).page(9))

    assert numbers == "[1, None, 8, 9, 10, None, 20]"


def test_words_can_be_said_twice_also_in_an_attribute_and_with_a_block_in_them() -> None:
    source = '{% words name %}\n  {% block title %}{{ title }} "said"{% endblock %}\n{% endwords %}'
    source += '<b title="{{ name }}">{{ name }}</b>'

    assert shown(source, title='<Heat> & "cold"') == (
        '<b title="&lt;Heat&gt; &amp; &quot;cold&quot; &quot;said&quot;">'
        "&lt;Heat&gt; &amp; &quot;cold&quot; &quot;said&quot;</b>"
    )


def test_what_stands_once_is_rendered_once_for_each_language_and_answer() -> None:
    once = Template("{% once member=count %}{% if member %}{{ member }}{% else %}nobody{% endif %}{% endonce %}")

    shown = [once.render(Context({"count": count})) for count in (0, 1, 2)]

    assert shown == ["nobody", "True", "True"]
    assert len(once.nodelist[0].kept) == 2  # type: ignore[attr-defined]  # OnceNode


def test_what_stands_once_speaks_the_language_of_each_page() -> None:
    once = Template(
        '{% load i18n %}{% once %}{% translate "Reload the page" context "link on an open page" %}{% endonce %}'
    )

    said = {}
    for language in ("en", "es", "en"):
        with translation.override(language):
            said[language] = once.render(Context())

    assert said["en"] == "Reload the page"
    assert said["es"] != said["en"]


def test_nothing_of_a_page_gets_into_what_stands_once() -> None:
    assert shown("{% once %}{{ name }}{% endonce %}", name="Ana") == ""


def test_an_answer_without_a_name_is_refused() -> None:
    with pytest.raises(TemplateSyntaxError, match="user has no name"):
        Template("{% once user %}{% endonce %}")
