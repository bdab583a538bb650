from django.urls import path

from community.pages.views import home, style

urlpatterns = [
    path("", home.home, name="home"),
    path("style/", style.style, name="style"),
]
