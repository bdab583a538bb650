from webinars.models.attendance import PersonalFeed, Registration, State
from webinars.models.schedule import Series, Session, Speaker

__all__ = ["PersonalFeed", "Registration", "Series", "Session", "Speaker", "State"]
