"""Columns, in the words of whoever reads her archive."""

from django.utils.translation import pgettext_lazy

COLUMNS = {
    "about": pgettext_lazy("archive: a column", "About you"),
    "answers": pgettext_lazy("archive: a column", "Your answers"),
    "asked_at": pgettext_lazy("archive: a column", "Asked"),
    "at": pgettext_lazy("archive: a column", "When"),
    "body_markdown": pgettext_lazy("archive: a column", "Text"),
    "choice": pgettext_lazy("archive: a column", "Your choice"),
    "city__slug": pgettext_lazy("archive: a column", "City"),
    "deed": pgettext_lazy("archive: a column", "Decision"),
    "earlier_text": pgettext_lazy("archive: a column", "Text"),
    "earlier_title": pgettext_lazy("archive: a column", "Title"),
    "edit_reason": pgettext_lazy("archive: a column", "Why edited"),
    "edited_at": pgettext_lazy("archive: a column", "Edited"),
    "email": pgettext_lazy("archive: a column", "E-mail address"),
    "fields": pgettext_lazy("archive: a column", "What you had typed"),
    "forum__slug": pgettext_lazy("archive: a column", "Forum"),
    "group__name": pgettext_lazy("archive: a column", "Group"),
    "handle": pgettext_lazy("archive: a column", "Address of your page"),
    "has_come": pgettext_lazy("archive: a column", "You came"),
    "helpful_count": pgettext_lazy("archive: a column", "Found helpful by"),
    "is_by_you": pgettext_lazy("archive: a column", "Made by you"),
    "joined_at": pgettext_lazy("archive: a column", "Member since"),
    "kind": pgettext_lazy("archive: a column", "Kind"),
    "language": pgettext_lazy("archive: a column", "Language"),
    "last_login": pgettext_lazy("archive: a column", "Last signed in"),
    "name": pgettext_lazy("archive: a column", "Name"),
    "opened_at": pgettext_lazy("archive: a column", "Opened"),
    "place": pgettext_lazy("archive: a column", "Place"),
    "position": pgettext_lazy("archive: a column", "Role"),
    "question": pgettext_lazy("archive: a column", "Question"),
    "read_at": pgettext_lazy("archive: a column", "Read"),
    "reads": pgettext_lazy("archive: a column", "Languages you read"),
    "reason": pgettext_lazy("archive: a column", "Reason"),
    "saved_at": pgettext_lazy("archive: a column", "Saved"),
    "sent_at": pgettext_lazy("archive: a column", "Sent"),
    "session__questions": pgettext_lazy("archive: a column", "What was asked"),
    "subject": pgettext_lazy("archive: a column", "Subject"),
    "tag__name": pgettext_lazy("archive: a column", "Tag"),
    "theme__slug": pgettext_lazy("archive: a column", "Theme"),
    "thread_title": pgettext_lazy("archive: a column", "Thread"),
    "timezone": pgettext_lazy("archive: a column", "Time zone"),
    "title": pgettext_lazy("archive: a column", "Title"),
    "to": pgettext_lazy("archive: a column", "To"),
    "website": pgettext_lazy("archive: a column", "Website"),
    "written_at": pgettext_lazy("archive: a column", "Written"),
}


def readable(column: str) -> str:
    """What nobody has words for is called as it is stored, without its underscores."""
    return str(COLUMNS.get(column) or column.replace("__", " ").replace("_", " "))
