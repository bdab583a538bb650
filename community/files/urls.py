"""A member's own files, under a language; and every file, under none."""

from django.urls import path

from community.files.views import own, photo, sending, serving

account = [
    path("account/files/", own.files, name="own"),
    path("account/files/new/", sending.begin, name="begin"),
    path("account/files/<id:file_id>/", sending.part, name="part"),
    path("account/files/<id:file_id>/finish/", sending.finish, name="finish"),
    path("account/files/<id:file_id>/alt/", sending.describe, name="describe"),
    path("account/files/<id:file_id>/delete/", own.delete, name="delete"),
    path("account/photo/", photo.photo, name="photo"),
    path("account/photo/remove/", photo.remove, name="photo-remove"),
]
given_out = [path("files/<id:file_id>/<str:name>", serving.file, name="file")]
