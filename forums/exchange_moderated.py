"""How requests, offers and outcomes are looked at by moderators."""

from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy

from community.moderation.ports import SITE, Deed, Moderated, moderates_things
from community.text.excerpts import excerpt
from forums.actions.exchanges import (
    hide_exchange,
    hide_offer,
    put_outcome_back,
    show_exchange,
    show_offer,
    take_outcome_away,
)
from forums.models import Exchange, Offer, Outcome
from forums.moderated import EXCERPT
from forums.rules.exchanges import seeable_exchanges, seeable_offers, seeable_outcomes
from forums.scopes import scope_of
from i18n.languages import DEFAULT
from i18n.texts import said


def excerpt_of_outcome(outcome: Outcome) -> str:
    language = get_language() or DEFAULT
    return excerpt(f"{said(outcome, 'title', language).text}: {said(outcome, 'result', language).text}", EXCERPT)


moderates_things(
    Moderated(
        name="exchange",
        model=Exchange,
        words=pgettext_lazy("kind of thing in the review queue", "Request of a city"),
        visible_to=lambda viewer: seeable_exchanges(viewer).select_related("forum", "thread", "asker"),
        author=lambda exchange: exchange.asker,
        scope=lambda exchange: scope_of(exchange.thread),
        language=lambda exchange: exchange.language,
        excerpt=lambda exchange: excerpt(f"{exchange.title}: {exchange.sought}", EXCERPT),
        address=lambda exchange: reverse("forums:exchange", args=[exchange.pk, exchange.slug]),
        deeds=(
            Deed(
                "hide",
                pgettext_lazy("moderator's deed", "Hide this request"),
                hide_exchange,
                lambda exchange: not exchange.hidden_at,
            ),
            Deed(
                "restore",
                pgettext_lazy("moderator's deed", "Show this request again"),
                show_exchange,
                lambda exchange: bool(exchange.hidden_at),
            ),
        ),
    )
)
moderates_things(
    Moderated(
        name="offer",
        model=Offer,
        words=pgettext_lazy("kind of thing in the review queue", "Offer of a city"),
        visible_to=lambda viewer: seeable_offers(viewer).select_related("author"),
        author=lambda offer: offer.author,
        scope=lambda offer: SITE,
        language=lambda offer: offer.language,
        excerpt=lambda offer: excerpt(f"{offer.title}: {offer.body}", EXCERPT),
        address=lambda offer: reverse("forums:offer", args=[offer.pk]),
        deeds=(
            Deed(
                "hide",
                pgettext_lazy("moderator's deed", "Hide this offer"),
                hide_offer,
                lambda offer: not offer.hidden_at,
            ),
            Deed(
                "restore",
                pgettext_lazy("moderator's deed", "Show this offer again"),
                show_offer,
                lambda offer: bool(offer.hidden_at),
            ),
        ),
    )
)
moderates_things(
    Moderated(
        name="outcome",
        model=Outcome,
        words=pgettext_lazy("kind of thing in the review queue", "Outcome of an exchange"),
        visible_to=lambda viewer: seeable_outcomes(viewer).select_related(
            "exchange__forum", "exchange__thread", "edited_by"
        ),
        author=lambda outcome: outcome.edited_by,
        scope=lambda outcome: scope_of(outcome.exchange.thread),
        language=lambda outcome: outcome.original_language,
        excerpt=excerpt_of_outcome,
        address=lambda outcome: reverse("forums:outcome", args=[outcome.exchange_id, outcome.exchange.outcome_slug]),
        deeds=(
            Deed(
                "hide",
                pgettext_lazy("moderator's deed", "Take this outcome away"),
                take_outcome_away,
                lambda outcome: not outcome.withdrawn_at,
            ),
            Deed(
                "restore",
                pgettext_lazy("moderator's deed", "Make this outcome public again"),
                put_outcome_back,
                lambda outcome: bool(outcome.withdrawn_at),
            ),
        ),
    )
)
