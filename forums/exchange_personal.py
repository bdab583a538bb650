"""What was asked, offered and agreed in the name of a city stays with the city, without her."""

from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from community.personal.ports import Blank, Holding, holds, holds_nothing
from forums.actions.exchanges.forgetting import OUTCOME_COLUMNS, forget_in_exchanges
from forums.actions.exchanges.outcomes import TEXTS
from forums.models import Agreement, Exchange, Offer, Outcome, Party
from forums.titled import titled

OF_THE_CITY = "Said in the name of her city, which goes on with it."
OUTCOME_TEXTS = (*TEXTS, *OUTCOME_COLUMNS)
holds_nothing("How cities stand in an exchange.", Party)
holds(
    Holding(
        Exchange,
        pgettext_lazy("archive of one's data", "Requests that you made for your city"),
        hers=lambda person: Exchange.objects.filter(asker_id=person.id),
        erase=Blank(
            {"asker": None, "version": F("version") + 1},
            stays={
                "title": OF_THE_CITY,
                "slug": "Made of the title.",
                "sought": OF_THE_CITY,
                "offered": OF_THE_CITY,
                "language": "Of the text.",
                "languages": "In which the city can talk.",
                "stage": "How far it has come.",
                "meeting_zone": "Of the meeting.",
                "meeting_link": "Of the meeting.",
            },
        ),
        without=("meeting_link",),  # others' door too
        besides=forget_in_exchanges,
    ),
    Holding(
        Offer,
        pgettext_lazy("archive of one's data", "Offers that you made for your city"),
        hers=lambda person: Offer.objects.filter(author_id=person.id),
        erase=Blank(
            {"author": None, "token": "", "version": F("version") + 1},
            stays={
                "title": OF_THE_CITY,
                "body": OF_THE_CITY,
                "language": "Of the text.",
                "languages": "In which the city can talk.",
            },
        ),
        without=("token",),
    ),
    Holding(
        Outcome,
        pgettext_lazy("archive of one's data", "Outcomes that you wrote last"),
        hers=lambda person: Outcome.objects.filter(Q(edited_by_id=person.id)),
        erase=Blank(
            {"edited_by": None},
            stays=dict.fromkeys(
                (
                    field.name
                    for field in Outcome._meta.concrete_fields
                    if field.get_internal_type() in ("CharField", "TextField", "JSONField")
                ),
                "What the cities wrote and agreed to together.",
            ),
        ),
        given=titled("exchange__thread"),
        also=("thread_title",),
        without=OUTCOME_TEXTS,  # in several languages, by several hands, and not public before all have agreed
    ),
    Holding(
        Agreement,
        pgettext_lazy("archive of one's data", "Outcomes that you agreed to for your city"),
        hers=lambda person: Agreement.objects.filter(by_id=person.id),
        erase=Blank({"by": None}),
    ),
)
