from django.urls import path

from community.pages.views import home, places, style

urlpatterns = [
    path("", home.home, name="home"),
    path("style/", style.style, name="style"),
]
# Of the members' world, and joining rooms above it: they bear the members' name space.
members = [
    path("cities/", places.cities, name="cities"),
    path("cities/<slug:slug>/", places.city, name="city"),
    path("organisations/<slug:slug>/", places.organisation, name="organisation"),
]
