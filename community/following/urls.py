from django.urls import path

from community.following import views

app_name = "following"
urlpatterns = [
    path("", views.index, name="index"),
    path("writing/", views.writing, name="writing"),
    path("<slug:kind>/<id:target_id>/", views.choose, name="choose"),
]
