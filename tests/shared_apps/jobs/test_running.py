"""Running jobs: progress, resumption, one runner, refusals, errors, the reaper and languages."""

import datetime
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, connections, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult

from shared_apps.access.selectors import roles
from shared_apps.access.services import grant_role, withdraw_role
from shared_apps.accounts.models import Account
from shared_apps.jobs import exports, handlers, running, services, tasks
from shared_apps.jobs.errors import JobOfAnother, UnknownJobKind
from shared_apps.jobs.models import Job
from shared_apps.jobs.services import Work
from tenant_apps.members.models import Member
from tenant_apps.members.services.joining import join
from tenants.schemas import current_tenant, in_tenant
from toolkit.errors import DomainError

Makes = Callable[..., Any]
Do = Callable[[Work], None]


@pytest.fixture
def manager(make_account: Makes, tenant_a: Any) -> Account:
    account: Account = make_account(agency="bkn", state="confirmed")
    grant_role(account=account, tenant=tenant_a, role="manager", by=None)
    return account


@pytest.fixture
def ask(
    manager: Account, tenant_a: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Job]]:
    """Return `ask(handler, **params) -> Job`: a job of a kind that only this test knows."""
    monkeypatch.setattr(handlers, "_handlers", dict(handlers._handlers))
    monkeypatch.setattr(handlers, "_permissions", dict(handlers._permissions))

    def make(handler: Do, *, by: Any = None, **rest: Any) -> Job:
        services.register("test", handler)
        with in_tenant(tenant_a):
            return services.enqueue(kind="test", by=by or manager, title="Uji", **rest)

    yield make


def run(job: Job) -> Job:
    """Run a job as the worker would and return its row."""
    tasks.run_job.call(str(job.pk))
    return Job.objects.get(pk=job.pk)


def test_a_job_works_in_its_tenant_and_ends(
    ask: Callable[..., Job], tenant_a: Any, manager: Account
) -> None:
    def handler(work: Work) -> None:
        assert current_tenant() == tenant_a
        assert work.by == manager and work.params == {"n": 3}
        work.progress(1, total=3)
        assert Job.objects.get(pk=work.job.pk).done == 1
        work.output_path("hasil.csv").write_text("a\n")
        work.finish(["3 baris."], next_path="/kelola/", next_label="Lanjut")

    job = run(ask(handler, params={"n": 3}))
    assert (job.state, job.done, job.total, job.summary) == ("done", 3, 3, ["3 baris."])
    assert (job.attempts, job.next_path, job.output_name) == (1, "/kelola/", "hasil.csv")
    assert job.output_path.read_text() == "a\n" and job.finished_at is not None
    assert not tasks.run_job.call(str(job.pk)), "what is over does not run again"


def test_progress_is_written_once_a_second(ask: Callable[..., Job]) -> None:
    def handler(work: Work) -> None:
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as queries:
            for done in range(500):
                work.progress(done, 500)
        assert len(queries) <= 2

    assert run(ask(handler)).state == "done"


def test_the_upload_is_kept_until_the_end(ask: Callable[..., Job]) -> None:
    seen = []

    def handler(work: Work) -> None:
        seen.append(work.input_path.read_bytes())

    job = ask(handler, upload=SimpleUploadedFile("../jahat/nama.csv", b"a;b"))
    assert job.input_name == "nama.csv" and job.input_path.exists()
    run(job)
    assert seen == [b"a;b"] and not job.input_path.exists()


class Counting:
    """A handler that makes one member in each of ten batches and may fail where it is told."""

    def __init__(self, accounts: list[Any]) -> None:
        self.accounts = accounts
        self.fail_before: int | None = None
        self.fail_inside: int | None = None
        self.started_at: list[int] = []

    def __call__(self, work: Work) -> None:
        start = work.at.get("next", 0)
        self.started_at.append(start)
        for index in range(start, len(self.accounts)):
            if index == self.fail_before:
                self.fail_before = None
                raise OSError("between two batches")
            with transaction.atomic():
                join(account_id=self.accounts[index].pk)
                work.checkpoint({"next": index + 1}, done=index + 1, total=len(self.accounts))
                if index == self.fail_inside:
                    self.fail_inside = None
                    raise OSError("inside a batch")


@pytest.mark.parametrize("where", ["fail_before", "fail_inside"])
def test_an_interrupted_job_goes_on_where_it_was(
    ask: Callable[..., Job], make_account: Makes, tenant_a: Any, where: str
) -> None:
    accounts = [make_account() for _ in range(6)]
    work = Counting(accounts)
    setattr(work, where, 3)
    job = run(ask(work))
    assert (job.state, job.done, job.checkpoint) == ("queued", 3, {"next": 3})
    job = run(job)
    assert (job.state, job.done, job.total, job.attempts) == ("done", 6, 6, 2)
    assert work.started_at == [0, 3]
    with in_tenant(tenant_a):
        assert Member.objects.filter(pk__in=[a.pk for a in accounts]).count() == 6


def test_a_refusal_ends_the_job_with_its_sentence(ask: Callable[..., Job]) -> None:
    def handler(work: Work) -> None:
        with transaction.atomic():
            work.checkpoint({"next": 5}, done=5, total=9)
            raise DomainError("Kolom NIP tidak ada.")

    job = run(ask(handler))
    assert (job.state, job.summary) == ("failed", ["Kolom NIP tidak ada."])
    assert (job.done, job.checkpoint) == (0, {}), "the batch was rolled back"


def test_a_right_that_was_withdrawn_ends_the_job(ask: Callable[..., Job]) -> None:
    def handler(work: Work) -> None:
        raise PermissionDenied

    job = run(ask(handler))
    assert (job.state, job.summary) == ("failed", ["Anda tidak lagi berhak atas pekerjaan ini."])


def test_other_errors_are_tried_four_times(ask: Callable[..., Job]) -> None:
    def handler(work: Work) -> None:
        work.output_path("separuh.csv").write_text("half")
        raise DatabaseError("deadlock")

    job = ask(handler)
    for _attempt in range(3):
        job = run(job)
        assert (job.state, job.summary) == ("queued", [])
    job = run(job)
    assert (job.state, job.attempts) == ("failed", 4)
    assert "kesalahan di pihak kami" in job.summary[0]
    assert not job.output_name and not job.output_path.exists(), "half a file is no result"
    assert not tasks.run_job.call(str(job.pk))


def test_a_job_that_keeps_killing_its_runner_is_given_up(ask: Callable[..., Job]) -> None:
    ran = []
    job = ask(lambda work: ran.append(1))
    Job.objects.filter(pk=job.pk).update(state="running", attempts=running.MOST_STARTS)
    job = run(job)
    assert job.state == "failed" and not ran


def test_one_runner_at_a_time(ask: Callable[..., Job]) -> None:
    """Another connection holds the job's lock, as a worker that is busy with it does."""
    ran = []
    job = ask(lambda work: ran.append(1))
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            number = running._lock_number(job.pk)
            cursor.execute("SELECT pg_advisory_lock(%s)", [number])
        assert not tasks.run_job.call(str(job.pk)) and not ran
        assert Job.objects.get(pk=job.pk).attempts == 0
    finally:
        other.close()
    # The database has freed the lock with the connection.
    for _attempt in range(100):
        if tasks.run_job.call(str(job.pk)):
            break
    assert ran == [1]


def test_the_reaper_takes_up_what_is_silent(ask: Callable[..., Job]) -> None:
    now = timezone.now()
    old = now - datetime.timedelta(minutes=2)
    jobs = {
        name: ask(lambda work: None)
        for name in ("fresh", "lost", "silent", "alive", "failed", "over")
    }
    DBTaskResult.objects.all().delete()
    for name, values in {
        "lost": {"created_at": old},
        "silent": {"state": "running", "heartbeat_at": old},
        "alive": {"state": "running", "heartbeat_at": now, "created_at": old},
        "failed": {"state": "queued", "heartbeat_at": old, "attempts": 1},
        "over": {"state": "done", "heartbeat_at": old, "created_at": old},
    }.items():
        Job.objects.filter(pk=jobs[name].pk).update(**values)
    wanted = {str(jobs[name].pk) for name in ("lost", "silent", "failed")}
    assert tasks.reap.call() == 3
    assert {task.args_kwargs["args"][0] for task in DBTaskResult.objects.all()} == wanted
    assert tasks.reap.call() == 0, "what waits in the queue is not put there twice"


def test_the_same_key_is_the_same_job(ask: Callable[..., Job], make_account: Makes) -> None:
    first = ask(lambda work: None, key="impor-1", upload=SimpleUploadedFile("a.csv", b"a"))
    again = ask(lambda work: None, key="impor-1", upload=SimpleUploadedFile("b.csv", b"b"))
    assert again == first and first.input_path.read_bytes() == b"a"
    assert DBTaskResult.objects.filter(task_path=running.RUN_JOB).count() == 1
    assert ask(lambda work: None, key="impor-2") != first
    with pytest.raises(JobOfAnother):
        ask(lambda work: None, key="impor-1", by=make_account())

    def refuse(work: Work) -> None:
        raise DomainError("Tidak.")

    services.register("test", refuse)
    run(first)
    assert ask(refuse, key="impor-1") != first, "after a failure the key is free again"


def test_an_unknown_kind_is_refused(tenant_a: Any, manager: Account) -> None:
    with in_tenant(tenant_a), pytest.raises(UnknownJobKind):
        services.enqueue(kind="tidak-ada", by=manager, title="x")


def test_sentences_are_in_the_language_of_the_requester(
    ask: Callable[..., Job], manager: Account
) -> None:
    Account.objects.filter(pk=manager.pk).update(language="en")
    job = run(ask(lambda work: work.finish([_("Selesai")])))
    assert job.summary == ["Completed"]


class TestPages:
    """What the person sees of a job, and who else sees it."""

    def test_own_job_only(
        self, ask: Callable[..., Job], client_for: Makes, tenant_a: Any, tenant_b: Any,
        manager: Account, make_account: Makes,
    ) -> None:  # fmt: skip
        def handler(work: Work) -> None:
            work.output_path("daftar pegawai.xlsx").write_bytes(b"PK")
            work.finish(["Selesai semua."])

        job = ask(handler)
        mine = client_for(tenant_a, manager)
        address = f"/kelola/pekerjaan/{job.pk}/"
        assert mine.get(f"{address}berkas/").status_code == 404
        assert mine.get(address, {"format": "json"}).json() == {
            "state": "queued", "done": 0, "total": None,
        }  # fmt: skip
        run(job)
        page = mine.get(address).content.decode()
        assert "Selesai semua." in page and "daftar pegawai.xlsx" in page
        file = mine.get(f"{address}berkas/")
        assert b"".join(file.streaming_content) == b"PK"
        assert "daftar" in file["Content-Disposition"]
        assert "Uji" in mine.get("/kelola/pekerjaan/").content.decode()

        colleague = make_account(agency="bkn", state="confirmed")
        grant_role(account=colleague, tenant=tenant_a, role="manager", by=None)
        grant_role(account=manager, tenant=tenant_b, role="manager", by=None)
        for client, expected in (
            (client_for(tenant_a, colleague), 404),
            (client_for(tenant_b, manager), 404),
            (client_for(tenant_a, make_account()), 403),
            (client_for(tenant_a), 302),
        ):
            assert client.get(address).status_code == expected
            assert client.get(f"{address}berkas/").status_code == expected
        assert mine.get(f"/kelola/pekerjaan/{uuid.uuid4()}/").status_code == 404


def test_who_lost_the_right_goes_on_with_nothing(
    ask: Callable[..., Job], tenant_a: Any, manager: Account, client_for: Makes
) -> None:
    """At the start and at each checkpoint; the batch of that moment is undone."""

    def guarded(handler: Do) -> Job:
        job = ask(handler)
        handlers.register("test", handler, "employee.manage")
        return job

    def handler(work: Work) -> None:
        for row in (1, 2):
            with transaction.atomic():
                join(account_id=manager.pk)
                if row == 2:
                    withdraw_role(account=manager, tenant=tenant_a, role="manager", by=None)
                work.checkpoint({"row": row}, done=row)

    job = guarded(handler)
    # The withdrawal is part of the batch that is undone, so only the job ends.
    ended = run(job)
    assert (ended.state, ended.checkpoint) == ("failed", {"row": 1})
    assert ended.summary == ["Anda tidak lagi berhak atas pekerjaan ini."]
    waiting = guarded(lambda work: pytest.fail("must not begin"))
    withdraw_role(account=manager, tenant=tenant_a, role="manager", by=None)
    assert run(waiting).state == "failed"


def test_who_lost_the_right_no_longer_sees_what_came_out(
    ask: Callable[..., Job], tenant_a: Any, manager: Account, client_for: Makes
) -> None:
    """Another role at the tenant keeps the list of jobs open, not this one and its file."""

    def handler(work: Work) -> None:
        work.output_path("pegawai.csv").write_text("199001012015041001\n")

    job = ask(handler)
    handlers.register("test", handler, "employee.manage")
    assert run(job).state == "done"
    client, url = client_for(tenant_a, manager), f"/kelola/pekerjaan/{job.pk}/"
    for address in (url, f"{url}berkas/"):
        answer = client.get(address)
        assert answer.status_code == 200
    assert b"19900101" in b"".join(answer.streaming_content)
    withdraw_role(account=manager, tenant=tenant_a, role="manager", by=None)
    grant_role(account=manager, tenant=tenant_a, role="author", by=None)
    assert client.get("/kelola/pekerjaan/").status_code == 200
    assert client.get(url).status_code == client.get(f"{url}berkas/").status_code == 403


def test_every_job_with_a_result_asks_for_a_right() -> None:
    """Only what the system itself asks for in somebody's name has none."""
    without = {kind for kind in handlers._handlers if not handlers._permissions.get(kind)}
    assert without == {"announcement.tell", "learning.draw_pages"}


def test_a_list_that_is_gone_belongs_to_nobody() -> None:
    assert handlers.permission_of(exports.KIND, {"name": "daftar-lama"}) == exports.OF_NOBODY
    assert handlers.permission_of(exports.KIND, {}) == exports.OF_NOBODY
    assert not any(exports.OF_NOBODY in role.permissions for role in roles().values())
