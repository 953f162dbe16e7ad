"""For the few reads that nearly every page makes: SQL by hand, model objects from its rows.

Putting such a statement together with the ORM takes several times as long as running it.
"""

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model

Row = TypeVar("Row", bound=Model)


class Columns(Generic[Row]):
    """The columns of a model under an alias; `only` names fields, the others stay deferred."""

    def __init__(self, model: type[Row], alias: str, only: Sequence[str] = ()) -> None:
        fields = [f for f in model._meta.concrete_fields if not only or f.name in only]
        self._model = model
        self._names = [field.attname for field in fields]
        self._converters = [
            (index, convert)
            for index, field in enumerate(fields)
            if (convert := getattr(field, "from_db_value", None))
        ]
        #: To stand after SELECT.
        self.sql = ", ".join(f'{alias}."{field.column}"' for field in fields)
        #: How many columns they are.
        self.count = len(fields)

    def make(self, values: Sequence[Any]) -> Row:
        """Return the object that the values of these columns make, as the ORM would."""
        values = list(values)
        for index, convert in self._converters:
            values[index] = convert(values[index], None, connection)
        return self._model.from_db("default", self._names, values)
