"""What happens to files. Ids only."""

from dataclasses import dataclass


@dataclass(frozen=True)
class FileFact:
    file_id: int


class FileBegun(FileFact):
    """A file begins to arrive. Heard a day later: what is attached to nothing by then is swept."""


class FileArrived(FileFact):
    """All of it is here, to be looked at and prepared."""


class FileDropped(FileFact):
    """Nobody is to see it any more: its bytes go."""


@dataclass(frozen=True)
class FolderLeft:
    """Bytes may have come late to a file that was dropped. Recorded for when whoever put them there is long done.

    The file's row is gone by then: this names its folder.
    """

    key: str
