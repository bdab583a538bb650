from django.db.models import TextChoices


class State(TextChoices):
    ARRIVING = "arriving"  # some of it is here
    PREPARING = "preparing"  # all of it is here: it is looked at, and pictures are made anew
    READY = "ready"
    REFUSED = "refused"
    GONE = "gone"  # nobody sees it any more; its bytes are about to be deleted


class Kind(TextChoices):
    IMAGE = "image"
    DOCUMENT = "document"


class Purpose(TextChoices):
    ATTACHMENT = "attach"
    PHOTO = "photo"  # of a member: made square


class Refusal(TextChoices):
    """Why a file was not taken. `community/files/words.py` says it."""

    PROGRAM = "program"
    DRAWING = "drawing"  # SVG
    MARKUP = "markup"  # HTML and other XML
    MACROS = "macros"
    LOCKED = "locked"  # by a password
    ARCHIVE = "archive"
    OLD_OFFICE = "old"
    PHONE_PICTURE = "heic"
    UNKNOWN = "unknown"
    EMPTY = "empty"
    BROKEN = "broken"
    TOO_MANY_PIXELS = "pixels"
    IMAGE_TOO_LARGE = "large"
    NOT_A_PICTURE = "nopic"  # where only a picture will do
    INFECTED = "virus"
