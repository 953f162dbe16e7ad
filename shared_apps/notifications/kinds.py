"""The one registry of kinds of notices: what each is called and how it reads."""

import datetime
import string
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shared_apps.notifications.choices import Delivery
from toolkit import indonesian


@dataclass(frozen=True)
class Kind:
    """One kind of notice; `title` and `text` take the notice's data by name.

    They are formatted when somebody reads, in the reader's language. A value whose name ends in
    `_on` is a date (`2026-11-22`) and one in `_at` a moment with its offset: both are written as
    screens write them. `mail` holds until the person chooses otherwise.
    """

    label: str | Promise
    title: str | Promise
    text: str | Promise
    mail: Delivery = Delivery.DAILY

    def names(self) -> set[str]:
        """Return the names of the data that the texts need."""
        return {
            name
            for text in (self.title, self.text)
            for _literal, name, _spec, _conversion in string.Formatter().parse(str(text))
            if name
        }

    def words(self, data: dict[str, Any], zone: str = "") -> tuple[str, str]:
        """Return title and text with the data filled in; what an old row lacks reads `–`."""
        shown = dict.fromkeys(self.names(), "–")
        shown.update({name: _shown(name, value, zone) for name, value in data.items()})
        return str(self.title).format_map(shown), str(self.text).format_map(shown)


def _shown(name: str, value: Any, zone: str) -> str:
    if name.endswith("_on"):
        return indonesian.date_long(datetime.date.fromisoformat(str(value)))
    if name.endswith("_at"):
        return indonesian.date_time(datetime.datetime.fromisoformat(str(value)), zone)
    return str(value)


# By area; a key is `<thing>.<what happened>`.
KINDS: dict[str, Kind] = {
    "role.granted": Kind(
        label=_("Peran Anda"),
        title=_("Anda menjadi {role}"),
        text=_("Penyelenggara memberi Anda peran {role}. Ruang kerja terbuka untuk Anda."),
        mail=Delivery.NOW,
    ),
}
