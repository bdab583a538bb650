"""The style page: every component once, for those who build pages and those who judge them."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from community.files.choices import State
from community.files.choosing import Chosen
from community.files.models import StoredFile
from community.members.models import City, Member

SAMPLE_AT = datetime(2026, 11, 3, 14, 12, tzinfo=UTC)


SAMPLE_FILE = StoredFile(pk=1, name="levels.csv", size=12_300, state=State.PREPARING)


@dataclass(frozen=True)
class Words:
    """What the samples say. They are in English, and in Arabic to be looked at from right to left."""

    question: str
    post: str
    answer: str
    quote: str
    title: str
    hint: str
    error: str
    empty: str
    empty_next: str
    notice: str
    deed: str
    quiet: str
    waits: str
    settled: str
    live: str
    tag: str
    name: str
    city: str


SAMPLES = {
    "en": Words(
        question="Low-cost flood sensors that survived two monsoons: what did you use?",
        post="We lost 11 of 30 ultrasonic sensors in the second monsoon, mostly to salt. Which ones lived longer?",
        answer="Pressure transducers inside a perforated PVC pipe. 26 of 28 lived through two seasons.",
        quote="What did the housing look like?",
        title="Title",
        hint="One line that a stranger would search for.",
        error="Write a title first.",
        empty="Nobody has asked here yet",
        empty_next="Ask the first question: 40 cities read this forum.",
        notice="Your answer is published.",
        deed="Reply",
        quiet="Preview",
        waits="Waiting 3 days",
        settled="Accepted answer",
        live="Live now",
        tag="early warning",
        name="Ratna Wulandari",
        city="Semarang",
    ),
    "ar": Words(
        question="أجهزة استشعار للفيضانات منخفضة التكلفة: ماذا استخدمتم؟",
        post="فقدنا 11 من أصل 30 جهاز استشعار في الموسم الثاني، ومعظمها بسبب الملوحة. ما الأجهزة التي صمدت موسمين؟",
        answer="محوّلات ضغط داخل أنبوب PVC مثقّب. صمد 26 من أصل 28 خلال موسمين.",
        quote="كيف كان شكل الغلاف؟",
        title="العنوان",
        hint="سطر واحد قد يبحث عنه من لا يعرفكم.",
        error="اكتب عنوانًا أولًا.",
        empty="لم يسأل أحد هنا بعد",
        empty_next="اطرح السؤال الأول: أربعون مدينة تقرأ هذا المنتدى.",
        notice="نُشرت إجابتك.",
        deed="رد",
        quiet="معاينة",
        waits="ينتظر منذ 3 أيام",
        settled="إجابة مقبولة",
        live="مباشر الآن",
        tag="إنذار مبكر",
        name="راتنا وولانداري",
        city="سيمارانغ",
    ),
}


class SampleForm(forms.Form):
    """One of each control; bound to nothing, its title is always missing."""

    title = forms.CharField(max_length=200)
    text = forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), required=False)
    language = forms.ChoiceField(choices=[("en", "English"), ("ar", "العربية")], required=False)
    reads = forms.MultipleChoiceField(
        choices=[("en", "English"), ("es", "Español"), ("ar", "العربية")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    follow = forms.BooleanField(required=False)

    def __init__(self, words: Words) -> None:
        super().__init__({"text": words.post, "reads": ["en"], "language": "ar"})
        self.fields["title"].label, self.fields["title"].help_text = words.title, words.hint
        self.fields["title"].error_messages = {"required": words.error}
        for name, label in (("text", words.deed), ("language", "BCP 47"), ("reads", "BCP 47"), ("follow", words.tag)):
            self.fields[name].label = label


def style(request: HttpRequest) -> HttpResponse:
    spoken = get_language() or "en"
    language = spoken if spoken in SAMPLES else "en"
    words = SAMPLES[language]
    context = {
        "words": words,
        "words_language": language,
        "form": SampleForm(words),
        "files": Chosen((SAMPLE_FILE,)),
        "page": Paginator(range(200), 10).page(9),
        "people": [
            Member(pk=number, name=name) for number, name in enumerate((words.name, "Kiran Patel", "Lucía", "Ömer"), 1)
        ],
        "city": City(name_en="Quito", original_language="en"),
        "sample_at": SAMPLE_AT,
    }
    return render(request, "pages/style.html", context)
