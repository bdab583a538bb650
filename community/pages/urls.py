from django.urls import path

from community.pages.views import home

urlpatterns = [
    path("", home.home, name="home"),
]
