from django.urls import path

from community.privacy import views

app_name = "privacy"
urlpatterns = [
    path("data/", views.data, name="data"),
    path("data/<id:archive_id>/", views.take, name="take"),
    path("delete/", views.leave, name="leave"),
    path("delete/asked/", views.left, name="left"),
    path("delete/undo/<str:key>/", views.stay, name="stay"),
]
