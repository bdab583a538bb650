from dataclasses import dataclass


@dataclass(frozen=True)
class NotePinned:
    note_id: int
