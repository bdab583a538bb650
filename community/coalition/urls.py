from django.urls import path

from community.coalition import views

app_name = "coalition"
urlpatterns = [
    path("join/", views.join, name="join"),
    path("join/asked/", views.asked, name="asked"),
    path("join/confirm/<str:key>/", views.confirm, name="confirm"),
    path("joining/", views.wishes, name="wishes"),
    path("joining/<id:wish_id>/", views.answer, name="answer"),
]
