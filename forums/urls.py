from django.urls import path

from forums.views import board, changes, deeds, drafts, feeds, moderating, reading, tags, writing

app_name = "forums"
urlpatterns = [
    path("forums/", board.board, name="index"),
    path("forums/<slug:slug>/", board.forum, name="forum"),
    path("forums/<slug:slug>/changes", changes.changes_of_forum, name="forum-changes"),
    path("forums/<slug:slug>/new/", writing.new_thread, name="new"),
    path("forums/<slug:slug>/feed.atom", feeds.ForumFeed(), name="feed"),
    path("forums/<slug:slug>/read/", reading.mark_forum_read, name="forum-read"),
    path("threads/<int:thread_id>/", reading.thread, name="thread-short"),
    path("threads/<int:thread_id>/changes", changes.changes_of_thread, name="changes"),
    path("threads/<int:thread_id>/reply/", writing.reply, name="reply"),
    path("threads/<int:thread_id>/unread/", reading.first_unread_post, name="unread"),
    path("threads/<int:thread_id>/read/", reading.mark_thread_read, name="read"),
    path("threads/<int:thread_id>/decide/<slug:deed>/", moderating.thread_deed, name="thread-deed"),
    path("threads/<int:thread_id>/<slug:slug>/", reading.thread, name="thread"),
    path("posts/<int:post_id>/", reading.post, name="post"),
    path("posts/<int:post_id>/edit/", writing.edit, name="edit"),
    path("posts/<int:post_id>/decide/<slug:deed>/", moderating.post_deed, name="post-decision"),
    path("posts/<int:post_id>/<slug:deed>/", deeds.post_deed, name="deed"),
    path("preview/", writing.preview, name="preview"),
    path("drafts/", drafts.keep_draft, name="draft"),
    path("drafts/discard/", drafts.discard, name="discard-draft"),
    path("tags/", tags.suggest, name="tags"),
    path("tags/<str:slug>/", tags.tag, name="tag"),
]
