from community.personal.ports import holds_nothing
from community.programmes.models import Programme

holds_nothing("Public facts about programmes, curated.", Programme, Programme.cities.through)
