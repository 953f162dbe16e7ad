"""Which of its rows a kept sum is changed in, so that writers do not queue for one row."""

import uuid

#: Rows that one sum is spread over.
SHARDS = 8


def shard_of(person_id: uuid.UUID) -> int:
    """Return the shard (from 0) that a person's figures go into; the same in every process."""
    return person_id.int % SHARDS
