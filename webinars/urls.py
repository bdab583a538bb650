from django.urls import path

from webinars.views import schedule as views

app_name = "webinars"
urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:series_slug>/", views.series, name="series"),
    path("<slug:series_slug>/<slug:slug>/", views.session, name="session"),
]
