from django.urls import path

from community.moderation.views import queue, reporting, standing

app_name = "moderation"
urlpatterns = [
    path("", queue.queue, name="queue"),
    path("items/<id:item_id>/", queue.item, name="item"),
    path("items/<id:item_id>/claim/", queue.claim_item, name="claim"),
    path("items/<id:item_id>/release/", queue.release_item, name="release"),
    path("report/<slug:kind>/<id:target_id>/", reporting.report_thing, name="report"),
    path("reports/<id:report_id>/", reporting.reported, name="reported"),
    path("reports/<id:report_id>/withdraw/", reporting.withdraw, name="withdraw"),
    path("appeal/<slug:kind>/<id:target_id>/", standing.ask_again, name="appeal"),
    path("standing/", standing.standing, name="standing"),
    path("members/<slug:handle>/", standing.member, name="member"),
    path("log/", standing.log, name="log"),
]
