from django.urls import path

from community.notifications import views

app_name = "notifications"
urlpatterns = [
    path("", views.index, name="index"),
    path("changes", views.changes, name="changes"),
    path("read/", views.all_read, name="all_read"),
    path("<id:notice_id>/", views.open_notice, name="open"),
]
