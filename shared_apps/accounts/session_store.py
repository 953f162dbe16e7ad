"""Sessions in the database, in the public schema, for the portal and all tenant hosts.

Reading a session brings its account along, so that a signed-in request pays one query for both.
"""

from typing import Any, cast

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db import connection
from django.utils import timezone

from shared_apps.accounts.models import Account, Session

#: Keys of the session's data that the list of sessions shows.
DEVICE_KEY = "device"
SIGNED_IN_AT_KEY = "signed_in_at"

_ACCOUNT_FIELDS = [field.attname for field in Account._meta.concrete_fields]
_ACCOUNT_COLUMNS = [field.column for field in Account._meta.concrete_fields]
_ROW = (
    "SELECT s.session_data, "
    + ", ".join(f"a.{column}" for column in _ACCOUNT_COLUMNS)
    + f" FROM {Session._meta.db_table} s"
    + f" LEFT JOIN {Account._meta.db_table} a ON a.id = s.account_id"
    + " WHERE s.session_key = %s AND s.expire_date > %s"
)


class SessionStore(DatabaseStore):
    """Django's store on a table of ours that also names the account."""

    #: The account that came with the session; None for a stranger or before the first read.
    account: Account | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Return the table that sessions live in."""
        return Session

    def load(self) -> dict[str, Any]:
        """Read the session and its account in one query; an unknown key gives an empty session."""
        if not str(self.session_key).isalnum():
            # Not a key of ours; a cookie can hold letters that the database refuses by a fault.
            self._session_key = None
            return {}
        with connection.cursor() as cursor:
            # Written by hand: this runs on every signed-in request.
            cursor.execute(_ROW, [self.session_key, timezone.now()])
            row = cursor.fetchone()
        if row is None:
            self._session_key = None
            return {}
        if row[1] is not None:
            self.account = Account.from_db("default", _ACCOUNT_FIELDS, row[1:])
        data: dict[str, Any] = self.decode(row[0])
        return data

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """Return the row to save, with the columns that are read without opening the data."""
        row = cast(Session, super().create_model_instance(data))
        row.account_id = data.get(SESSION_KEY)
        row.device = str(data.get(DEVICE_KEY, ""))[:40]
        row.signed_in_at = data.get(SIGNED_IN_AT_KEY)
        return row
