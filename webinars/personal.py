from community.personal.ports import holds_nothing
from webinars.models import Series, Session, Speaker

holds_nothing("The public schedule.", Series, Session, Session.priority_themes.through)
holds_nothing("Named by organisers as announced in public; not tied to an account.", Speaker)
