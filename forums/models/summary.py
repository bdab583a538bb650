from django.conf import settings
from django.db import models
from django.utils import timezone

from forums.models.thread import Thread


class Summary(models.Model):
    """What came of a thread, pinned at its head while the thread `has_summary`; kept for who puts it back."""

    thread = models.OneToOneField(Thread, models.CASCADE, related_name="summary")
    body_markdown = models.TextField()
    body_html = models.TextField()
    renderer_version = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=8)  # BCP 47
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="summaries")
    written_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"summary of {self.thread_id}"


class TitleWord(models.Model):
    """A folded word of a thread's title, by which threads alike are found until there is a search."""

    word = models.CharField(max_length=40)
    thread = models.ForeignKey(Thread, models.CASCADE, related_name="title_words")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["word", "thread"], name="one_word_a_title")]

    def __str__(self) -> str:
        return f"{self.word} in {self.thread_id}"
