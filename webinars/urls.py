from django.urls import path

from webinars.views import own, registering
from webinars.views import schedule as views

app_name = "webinars"
urlpatterns = [
    path("", views.index, name="index"),
    path("registration/asked/", registering.asked, name="asked"),
    path("registration/confirm/<str:key>/", registering.confirm, name="confirm"),
    path("registration/<str:key>/", own.registration, name="registration"),
    path("registration/<str:key>/<slug:deed>/", own.deed, name="registration-deed"),
    path("<slug:series_slug>/", views.series, name="series"),
    path("<slug:series_slug>/<slug:slug>/", views.session, name="session"),
    path("<slug:series_slug>/<slug:slug>/register/", registering.register_guest, name="register"),
    path("<slug:series_slug>/<slug:slug>/attend/", registering.attend, name="attend"),
]
