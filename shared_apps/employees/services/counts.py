"""Kept numbers of people; always changed with the employees, in one transaction."""

import uuid
from collections import Counter
from collections.abc import Sequence

from django.db import connection

#: (unit or None, legal position) of one person.
Place = tuple[uuid.UUID | None, str]
_ADD = """
INSERT INTO employees_staffcount AS c (agency_id, unit_id, standing, people)
VALUES (%s, %s, %s, %s)
ON CONFLICT (agency_id, unit_id, standing) DO UPDATE SET people = c.people + excluded.people
"""


class Moves:
    """People counted over from one place to another, gathered and written at once."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self._steps: Counter[Place] = Counter()

    def move(self, before: Place | None, after: Place | None) -> None:
        """Count one person over; None is outside of the agency."""
        for place, step in ((before, -1), (after, 1)):
            if place is None:
                continue
            unit, standing = place
            self._steps[None, standing] += step
            if unit is not None:
                self._steps[unit, standing] += step

    def write(self, agency_id: int) -> None:
        """Add what was gathered, in a fixed order."""
        rows: Sequence[tuple[Place, int]] = sorted(
            ((place, step) for place, step in self._steps.items() if step),
            key=lambda row: (str(row[0][0] or ""), row[0][1]),
        )
        with connection.cursor() as cursor:
            cursor.executemany(
                _ADD, [(agency_id, unit, standing, step) for (unit, standing), step in rows]
            )
        self._steps.clear()
