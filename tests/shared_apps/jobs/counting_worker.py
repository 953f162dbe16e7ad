"""The product's worker with one more kind of job, for the test that kills it.

Each batch writes its numbers and its checkpoint in one transaction, as handlers must.
"""

import os
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
ROWS, BATCH = 1_000, 25
TABLE = "jobs_kill_proof"


def main() -> None:
    """Work on the queue of long jobs until killed."""
    sys.path[:0] = [str(ROOT), str(ROOT / "platform")]
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection, transaction

    from shared_apps.jobs.services import Work, register

    def count(work: Work) -> None:
        for start in range(work.at.get("next", 0), ROWS, BATCH):
            with transaction.atomic(), connection.cursor() as cursor:
                for number in range(start, start + BATCH):
                    cursor.execute(f"INSERT INTO public.{TABLE} VALUES (%s)", [number])
                    time.sleep(0.0005)
                work.checkpoint({"next": start + BATCH}, done=start + BATCH, total=ROWS)
        work.finish(["Selesai."])

    register("kill_proof", count)
    call_command("worker", queue="jobs")


if __name__ == "__main__":
    main()
