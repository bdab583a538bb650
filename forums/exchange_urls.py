"""Under /exchanges/. Deeds stand behind `do/`: a slug is a title's words, and no title is kept from saying "invite"."""

from django.urls import path

from forums.views.exchanges import (
    asking,
    board,
    card,
    deeds,
    joining,
    leaving,
    moderating,
    offers,
    outcomes,
    overviews,
    settling,
)

urlpatterns = [
    path("", board.requests, name="exchanges"),
    path("ask/", asking.ask, name="ask-exchange"),
    path("outcomes/", board.outcomes, name="outcomes"),
    path("silent/", overviews.silent, name="silent-exchanges"),
    path("figures/", overviews.figures, name="exchange-figures"),
    path("offers/", board.offers, name="offers"),
    path("offers/new/", offers.new_offer, name="new-offer"),
    path("offers/<id:offer_id>/", offers.offer, name="offer"),
    path("offers/<id:offer_id>/edit/", offers.edit_offer, name="edit-offer"),
    path("offers/<id:offer_id>/decide/<slug:deed>/", moderating.offer_deed, name="offer-decision"),
    path("offers/<id:offer_id>/do/<slug:deed>/", offers.offer_deed, name="offer-deed"),
    path("<id:exchange_id>/", card.exchange, name="exchange-short"),
    path("<id:exchange_id>/do/edit/", asking.edit_request, name="edit-exchange"),
    path("<id:exchange_id>/do/respond/", joining.respond_for_city, name="respond"),
    path("<id:exchange_id>/do/invite/", joining.invite, name="invite"),
    path("<id:exchange_id>/do/match/", settling.match, name="match"),
    path("<id:exchange_id>/do/meet/", settling.meeting, name="meeting"),
    path("<id:exchange_id>/meeting.ics", settling.meeting_for_calendar, name="meeting-file"),
    path("<id:exchange_id>/do/conclude/", outcomes.write, name="write-outcome"),
    path("<id:exchange_id>/do/agree/", outcomes.agree, name="agree"),
    path("<id:exchange_id>/do/leave/", leaving.leave, name="leave"),
    path("<id:exchange_id>/do/return/<id:city_id>/", leaving.return_city_to, name="return-city"),
    path("<id:exchange_id>/decide/<slug:deed>/", moderating.exchange_deed, name="exchange-decision"),
    path("<id:exchange_id>/deed/<slug:deed>/", deeds.exchange_deed, name="exchange-deed"),
    path("<id:exchange_id>/<slug:slug>/", card.exchange, name="exchange"),
    path("<id:exchange_id>/<slug:slug>/changes", card.changes_of_exchange, name="exchange-changes"),
    path("<id:exchange_id>/<slug:slug>/outcome/", outcomes.outcome, name="outcome"),
]
