from django.urls import path

from community.search import views

app_name = "search"
urlpatterns = [
    path("", views.index, name="index"),
    path("suggest/", views.suggest, name="suggest"),
    path("saved/", views.saved, name="saved"),
    path("saved/keep/", views.save, name="save"),
    path("saved/<id:saved_id>/forget/", views.forget, name="forget"),
]
