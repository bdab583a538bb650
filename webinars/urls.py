from django.urls import path

from webinars.views import desk, desk_import, desk_proposals, desk_series, embed, entries, own, proposing, registering
from webinars.views import schedule as views

app_name = "webinars"
urlpatterns = [
    path("", views.index, name="index"),
    path("desk/", desk.index, name="desk"),
    path("desk/publish/", desk.publish, name="desk-publish"),
    path("desk/new/", desk.new, name="desk-new"),
    path("desk/repeat/", desk.repeat, name="desk-repeat"),
    path("desk/import/", desk_import.take_in, name="desk-import"),
    path("desk/proposals/", desk_proposals.index, name="desk-proposals"),
    path("desk/proposals/<int:proposal_id>/", desk_proposals.proposal, name="desk-proposal"),
    path("desk/proposals/<int:proposal_id>/<slug:deed>/", desk_proposals.deed, name="desk-proposal-deed"),
    path("desk/series/new/", desk_series.new, name="desk-series-new"),
    path("desk/series/<slug:slug>/", desk_series.edit, name="desk-series"),
    path("desk/<int:session_id>/", desk.session, name="desk-session"),
    path("desk/<int:session_id>/cancel/", desk.cancel, name="desk-cancel"),
    path("desk/<int:session_id>/registrations/", desk.registrations, name="desk-registrations"),
    path("desk/<int:session_id>/registrations.csv", desk.registrations_file, name="desk-registrations-file"),
    path("desk/speakers/<int:speaker_id>/", entries.desk, name="desk-speaker"),
    path("desk/speakers/<int:speaker_id>/<slug:deed>/", entries.deed, name="desk-speaker-deed"),
    path("embed/", embed.embed, name="embed"),
    path("propose/", proposing.form, name="propose"),
    path("propose/asked/", proposing.asked, name="proposal-asked"),
    path("propose/confirm/<str:key>/", proposing.confirm, name="proposal-confirm"),
    path("propose/made/<str:key>/", proposing.state, name="proposal"),
    path("registration/asked/", registering.asked, name="asked"),
    path("registration/confirm/<str:key>/", registering.confirm, name="confirm"),
    path("registration/<str:key>/", own.registration, name="registration"),
    path("registration/<str:key>/<slug:deed>/", own.deed, name="registration-deed"),
    path("speaker/<str:token>/", entries.own, name="speaker"),
    path("<slug:series_slug>/", views.series, name="series"),
    path("<slug:series_slug>/<slug:slug>/", views.session, name="session"),
    path("<slug:series_slug>/<slug:slug>/register/", registering.register_guest, name="register"),
    path("<slug:series_slug>/<slug:slug>/attend/", registering.attend, name="attend"),
]
