"""Units, employees and staff files for the pages of the staff list."""

import datetime
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from shared_apps.access.services import grant_role
from shared_apps.accounts.models import Account
from shared_apps.employees.models import StaffImport
from shared_apps.employees.services import imports
from shared_apps.jobs import tasks
from shared_apps.jobs.models import Job
from tenants.schemas import in_tenant
from tests.shared_apps.conftest import give
from tests.shared_apps.employees.conftest import make_employee, make_unit
from tests.tenant_apps.members import staff_file

__all__ = ["give", "make_employee", "make_unit"]
Makes = Callable[..., Any]
TODAY = datetime.date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def manager(make_account: Makes, tenant_a: Any) -> Account:
    account: Account = make_account(name="Wayan Pengelola", agency="bkn", state="confirmed")
    grant_role(account=account, tenant=tenant_a, role="manager", by=None)
    return account


@pytest.fixture
def take(manager: Account, tenant_a: Any, tmp_path: Path) -> Iterator[Callable[..., StaffImport]]:
    """Return `take(rows, …) -> StaffImport`: uploads a file and runs its plan."""

    def call(
        rows: staff_file.Rows,
        *,
        complete: bool = False,
        on: datetime.date = TODAY,
        fields: Any = staff_file.HEADER,
        path: Path | None = None,
    ) -> StaffImport:
        path = path or staff_file.save(tmp_path / "pegawai.xlsx", rows, fields)
        with in_tenant(tenant_a):
            made = imports.start(
                by=manager,
                upload=staff_file.upload(path),
                effective_on=on,
                complete=complete,
            )
        run(made.plan_job)
        made.refresh_from_db()
        return made

    yield call


@pytest.fixture
def apply(manager: Account, tenant_a: Any) -> Callable[[StaffImport], Job]:
    """Return `apply(import) -> Job`: applies it."""

    def call(staff_import: StaffImport) -> Job:
        with in_tenant(tenant_a):
            made = imports.request_apply(by=manager, import_id=staff_import.pk)
        job = run(made.apply_job)
        staff_import.refresh_from_db()
        return job

    return call


def run(job: Any) -> Job:
    """Run a job as the worker would."""
    tasks.run_job.call(str(job.pk))
    return Job.objects.get(pk=job.pk)
