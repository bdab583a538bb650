"""The closed lists of people and places."""

from django.db import models
from django.utils.translation import pgettext_lazy

from i18n.languages import LANGUAGES


class Region(models.TextChoices):
    AFRICA = "africa", pgettext_lazy("world region", "Africa")
    ASIA_PACIFIC = "asia-pacific", pgettext_lazy("world region", "Asia Pacific")
    EUROPE_MIDDLE_EAST = "europe-middle-east", pgettext_lazy("world region", "Europe and the Middle East")
    LATIN_AMERICA = "latin-america", pgettext_lazy("world region", "Latin America and the Caribbean")
    NORTH_AMERICA = "north-america", pgettext_lazy("world region", "North America")


class Hazard(models.TextChoices):
    """What a city has to live with."""

    RIVER_FLOOD = "river-flood", pgettext_lazy("hazard", "River floods")
    FLASH_FLOOD = "flash-flood", pgettext_lazy("hazard", "Heavy rain and flash floods")
    COASTAL_FLOOD = "coastal-flood", pgettext_lazy("hazard", "Coastal floods and erosion")
    LANDSLIDE = "landslide", pgettext_lazy("hazard", "Landslides")
    HEAT = "heat", pgettext_lazy("hazard", "Heat waves")
    DROUGHT = "drought", pgettext_lazy("hazard", "Drought and water shortage")
    STORM = "storm", pgettext_lazy("hazard", "Storms and cyclones")
    WILDFIRE = "wildfire", pgettext_lazy("hazard", "Wildfires")
    EARTHQUAKE = "earthquake", pgettext_lazy("hazard", "Earthquakes")
    VOLCANO = "volcano", pgettext_lazy("hazard", "Volcanic activity")
    SUBSIDENCE = "subsidence", pgettext_lazy("hazard", "Sinking ground")
    EPIDEMIC = "epidemic", pgettext_lazy("hazard", "Epidemics")


class Role(models.TextChoices):
    """What somebody may do beyond any member; a forum's own moderators are named in the forum."""

    MODERATOR = "moderator", pgettext_lazy("role", "Moderator")
    ORGANISER = "organiser", pgettext_lazy("role", "Organiser")
    EDITOR = "editor", pgettext_lazy("role", "Editor")
    ADMINISTRATOR = "administrator", pgettext_lazy("role", "Administrator")


class Trust(models.IntegerChoices):
    """How well the community knows a member. It grows by itself: community/moderation/actions/trusting.py."""

    NEW = 0, pgettext_lazy("level of trust", "New member")
    MEMBER = 1, pgettext_lazy("level of trust", "Member")
    REGULAR = 2, pgettext_lazy("level of trust", "Regular")
    TRUSTED = 3, pgettext_lazy("level of trust", "Trusted member")


class Asked(models.TextChoices):
    """What somebody who is not signed in may ask for; the answer goes to her address."""

    TO_JOIN = "join", pgettext_lazy("request of somebody not signed in", "An account")
    NEW_PASSWORD = "password", pgettext_lazy("request of somebody not signed in", "A new password")


class SecondFactorFor(models.TextChoices):
    """Values of the setting SECOND_FACTOR_FOR."""

    NONE = "none"
    STAFF = "staff"
    ALL = "all"


class Detail(models.TextChoices):
    """What a profile tells beyond name and city; the member chooses who sees it."""

    POSITION = "position", pgettext_lazy("part of a profile", "Your role")
    ORGANISATION = "organisation", pgettext_lazy("part of a profile", "Organisation")
    ABOUT = "about", pgettext_lazy("part of a profile", "About you")
    LANGUAGES = "languages", pgettext_lazy("part of a profile", "Languages you read")
    INTERESTS = "interests", pgettext_lazy("part of a profile", "Themes and tags")
    LOCAL_TIME = "local_time", pgettext_lazy("part of a profile", "Your local time")
    ACTIVITY = "activity", pgettext_lazy("part of a profile", "Lists of what you wrote")


class SeenBy(models.TextChoices):
    EVERYBODY = "everybody", pgettext_lazy("who sees a part of a profile", "Everybody")
    MEMBERS = "members", pgettext_lazy("who sees a part of a profile", "Members")
    NOBODY = "nobody", pgettext_lazy("who sees a part of a profile", "Nobody")


# By role and employer a reader judges an answer: they are open, as a signature under it would be. What draws a
# picture of a person is for colleagues, unless she opens it; when she is awake is theirs to know, not a stranger's.
SEEN_AT_FIRST = {
    Detail.POSITION: SeenBy.EVERYBODY,
    Detail.ORGANISATION: SeenBy.EVERYBODY,
    Detail.ABOUT: SeenBy.MEMBERS,
    Detail.LANGUAGES: SeenBy.MEMBERS,
    Detail.INTERESTS: SeenBy.MEMBERS,
    Detail.LOCAL_TIME: SeenBy.MEMBERS,
    Detail.ACTIVITY: SeenBy.MEMBERS,
}


class ProtectionChange(models.TextChoices):
    """Changes of how somebody signs in, as a mail tells her."""

    PASSKEY_ADDED = "passkey-added", pgettext_lazy("mail: sign-in changed", "A passkey was added to your account")
    PASSKEY_REMOVED = (
        "passkey-removed",
        pgettext_lazy("mail: sign-in changed", "A passkey was removed from your account"),
    )
    APP_ADDED = "app-added", pgettext_lazy("mail: sign-in changed", "An authenticator app was added to your account")
    APP_REMOVED = (
        "app-removed",
        pgettext_lazy("mail: sign-in changed", "The authenticator app was removed from your account"),
    )
    CODES_MADE = "codes-made", pgettext_lazy("mail: sign-in changed", "Your account has new recovery codes")
    CODE_USED = "code-used", pgettext_lazy("mail: sign-in changed", "A recovery code was used to sign in")
    PROVIDER_ADDED = (
        "provider-added",
        pgettext_lazy("mail: sign-in changed", "Another way to sign in was connected to your account"),
    )
    PROVIDER_REMOVED = (
        "provider-removed",
        pgettext_lazy("mail: sign-in changed", "A connected way to sign in was removed from your account"),
    )


# Languages that members may say they read, each by its own name; the house's own come first.
READ_LANGUAGES = (
    *LANGUAGES,
    ("bn", "বাংলা"),
    ("de", "Deutsch"),
    ("fa", "فارسی"),
    ("hi", "हिन्दी"),
    ("id", "Bahasa Indonesia"),
    ("it", "Italiano"),
    ("ja", "日本語"),
    ("ko", "한국어"),
    ("nl", "Nederlands"),
    ("ru", "Русский"),
    ("sw", "Kiswahili"),
    ("th", "ไทย"),
    ("tr", "Türkçe"),
    ("ur", "اردو"),
    ("vi", "Tiếng Việt"),
    ("zh", "中文"),
)
