"""What stands in addresses."""

from django.urls import register_converter
from django.urls.converters import IntConverter

LARGEST = 2**63 - 1  # that a database can hold


class IdConverter(IntConverter):
    """A row's id, `<id:…>`. No row has a larger one than fits: such an address leads nowhere."""

    def to_python(self, value: str) -> int:
        number = super().to_python(value)
        if number > LARGEST:
            raise ValueError
        return number


register_converter(IdConverter, "id")
