"""Tags: the threads under one, suggestions while one types, and what moderators say of them."""

import re

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import pgettext, pgettext_lazy

from community.live.keep import keep
from community.members.keeping import signed_out
from community.topics.actions import SameTag
from community.topics.models import Tag
from community.topics.queries import synonyms_of
from forums.actions import curate_tag, join_tag, part_tag
from forums.forms import JoinTagForm, ReasonForm, TagForm
from forums.queries import (
    decisions_on_tag,
    streams_of_forums,
    tag_for,
    tag_to_curate,
    tags_and_words,
    threads_with_tag,
)
from forums.rules import can_curate_tags
from forums.views.board import page_number

SUGGESTIONS = 8
BETWEEN = re.compile("[,،]")
PART = pgettext_lazy("moderator's deed", "Make this a tag of its own again")


def tag(request: HttpRequest, slug: str) -> HttpResponse:
    if not request.user.is_authenticated:  # hers is kept for nobody
        keep(request, *streams_of_forums(request.user))
    tag = tag_for(slug, viewer=request.user)
    if tag.slug != slug:
        return redirect("forums:tag", tag.slug)
    threads = threads_with_tag(request.user, tag, page=page_number(request))
    context = {
        "tag": tag,
        "synonyms": synonyms_of(tag),
        "threads": threads,
        "can_curate": can_curate_tags(request.user),
    }
    return render(request, "forums/tag.html", context)


def suggest(request: HttpRequest) -> HttpResponse:
    """`?q=inun` → the tags that begin so, or of which a synonym does, whatever their case and accents.

    `words` says for each by which of its words it was found.
    """
    begun = request.GET.get("q", "")[:40]
    found = tags_and_words(begun, SUGGESTIONS, viewer=request.user) if begun.strip() else {}
    return JsonResponse({"tags": list(found), "words": list(found.values())})


def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """What a tag means: its description, and the words that mean the same. Two forms, each with its own button."""
    if not request.user.is_authenticated:
        return signed_out(request, back=request.path)
    tag = tag_to_curate(request.user, slug)
    if tag.synonym_of:
        return redirect("forums:tag-edit", tag.meant.slug)
    joins = "join" in request.POST
    describing = TagForm(request.POST if request.method == "POST" and not joins else None, initial=described(tag))
    joining = JoinTagForm(request.POST if joins else None)
    if describing.is_bound and describing.is_valid():
        curate_tag(tag, by=request.user, **describing.cleaned_data)
        return redirect("forums:tag-edit", tag.slug)
    if joining.is_bound and joining.is_valid() and (done := joined(request, tag, joining)):
        return done
    synonyms = synonyms_of(tag)
    context = {
        "tag": tag,
        "describing": describing,
        "joining": joining,
        "synonyms": synonyms,
        "decisions": decisions_on_tag(tag, synonyms),
    }
    return render(request, "forums/tag_edit.html", context, status=422 if describing.errors or joining.errors else 200)


def described(tag: Tag) -> dict[str, object]:
    return {name: getattr(tag, name) for name in TagForm.base_fields}


def joined(request: HttpRequest, tag: Tag, form: JoinTagForm) -> HttpResponse | None:
    """None where the word means this tag already: the form says so."""
    if not request.user.is_authenticated:
        return None
    try:
        join_tag(tag, by=request.user, **form.cleaned_data)
    except SameTag:
        form.add_error("name", pgettext("tag form", "This word means this tag already."))
        return None
    return redirect("forums:tag-edit", tag.slug)


def part(request: HttpRequest, slug: str) -> HttpResponse:
    """A synonym becomes a tag of its own again; a decision with its reason."""
    if not request.user.is_authenticated:
        return signed_out(request, back=request.path)
    synonym = tag_to_curate(request.user, slug)
    if synonym.synonym_of is None:
        raise Http404
    back = reverse("forums:tag-edit", args=[synonym.meant.slug])
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        part_tag(synonym, by=request.user, **form.cleaned_data)
        messages.success(
            request, pgettext("after parting tags", "“%(name)s” is a tag of its own again.") % {"name": synonym.name}
        )
        return HttpResponseRedirect(back)
    context = {"form": form, "title": PART, "back": back}
    return render(request, "forums/decide.html", context, status=422 if form.errors else 200)
