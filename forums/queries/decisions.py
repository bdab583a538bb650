"""What was decided on a thread, its posts and their earlier versions, for those who moderate its forum."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet

from community.moderation.models import Decision
from forums.models import Post, Revision, Thread


def decisions_on_thread(thread: Thread) -> QuerySet[Decision]:
    """The latest first, with who decided. Params: thread, one whose forum the reader moderates."""
    kinds = ContentType.objects.get_for_models(Thread, Post, Revision)
    on_posts = Q(target_type=kinds[Post], target_id__in=Post.objects.filter(thread=thread).values("pk"))
    earlier = Revision.objects.filter(post__thread=thread)
    on_versions = Q(target_type=kinds[Revision], target_id__in=earlier.values("pk"))
    decided = Decision.objects.filter(Q(target_type=kinds[Thread], target_id=thread.pk) | on_posts | on_versions)
    return decided.select_related("by").order_by("-pk")
