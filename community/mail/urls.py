from django.urls import path

from community.mail import views

app_name = "mail"
urlpatterns = [path("", views.mailbox, name="mailbox")]
