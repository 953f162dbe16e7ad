"""The column type of learning hours."""

from django.db import models


class JpField(models.DecimalField):
    """Learning hours: exact, two decimals, never rounded up."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs["max_digits"] = 9
        kwargs["decimal_places"] = 2
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
