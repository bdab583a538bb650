from community.files.models import StoredFile


def held_file(file_id: int) -> StoredFile:
    """The file as it is now; nobody else writes to it until the action ends."""
    return StoredFile.objects.select_for_update(no_key=True).get(pk=file_id)
