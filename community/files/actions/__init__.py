"""All that is written of files. Bytes are put into the storage before, and taken out after: never in here."""

from community.files.actions.arriving import OutOfOrder, begin_file, finish_file, take_part
from community.files.actions.attaching import attach_files, describe_file, hand_on_files
from community.files.actions.dropping import (
    delete_file,
    delete_photo,
    drop_files_of,
    erase_files,
    forget_file,
    sweep_file,
)
from community.files.actions.settling import forget_parts, keep_prepared, refuse_file

__all__ = [
    "OutOfOrder",
    "attach_files",
    "begin_file",
    "delete_file",
    "delete_photo",
    "describe_file",
    "drop_files_of",
    "erase_files",
    "finish_file",
    "forget_file",
    "forget_parts",
    "hand_on_files",
    "keep_prepared",
    "refuse_file",
    "sweep_file",
    "take_part",
]
