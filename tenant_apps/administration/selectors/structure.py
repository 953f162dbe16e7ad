"""The structure as pages show it."""

import uuid
from dataclasses import dataclass

from shared_apps.accounts import selectors as accounts
from tenant_apps.administration.choices import CorpuRole
from tenant_apps.administration.models import Academy, Seat


@dataclass(frozen=True)
class Place:
    """One seat or academy with the name of who is in it (empty for nobody yet)."""

    pk: uuid.UUID
    title: str
    name: str
    position: str
    description: str = ""


def structure() -> tuple[list[Place], list[Place]]:
    """Return seats from the top down, and academies; three queries at most."""
    seats = list(Seat.objects.order_by("order", "name", "pk"))
    rank = {role: number for number, role in enumerate(CorpuRole.values)}
    seats.sort(key=lambda seat: rank.get(seat.role, len(rank)))
    academies = list(Academy.objects.order_by("order", "title", "pk"))
    members = [row.member_id for row in [*seats, *academies] if row.member_id]
    names = accounts.holders(members) if members else {}

    def name_of(row: Seat | Academy) -> str:
        holder = names.get(row.member_id) if row.member_id else None
        return holder.name if holder else row.name

    return (
        [Place(row.pk, title_of(row), name_of(row), row.position) for row in seats],
        [
            Place(row.pk, row.title, name_of(row), row.position, row.description)
            for row in academies
        ],
    )


def title_of(seat: Seat) -> str:
    """Return what a seat is called: the tenant's own word or the usual one, with its field."""
    label = seat.label or str(CorpuRole(seat.role).label)
    return f"{label} {seat.field}".strip()


def find_seat(seat_id: uuid.UUID) -> Seat | None:
    """Return a seat; None if there is no such."""
    return Seat.objects.filter(pk=seat_id).first()


def find_academy(academy_id: uuid.UUID) -> Academy | None:
    """Return an academy; None if there is no such."""
    return Academy.objects.filter(pk=academy_id).first()
