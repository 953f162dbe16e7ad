"""House rules of the Python code; each guard is shown to catch a planted violation."""

import pytest

from tests.architecture import source_code as code

FILES = list(code.python_files())
MIGRATIONS = [
    path.read_text(encoding="utf-8")
    for path in sorted((code.ROOT / "shared_apps/rules/migrations").glob("0*.py"))
]


def test_files_are_found() -> None:
    assert {"tenants/schemas.py", "platform/toolkit/health.py"} <= {path for path, _ in FILES}
    assert len(FILES) > 100


def test_everything_has_a_docstring() -> None:
    assert [fault for file in FILES for fault in code.missing_docstrings(*file)] == []
    planted = (
        '"""Says it."""\nclass A:\n    x = 1\ndef f():\n    return 1\ndef _g():\n    return 2\n'
    )
    assert code.missing_docstrings("a.py", planted) == [
        "a.py: A has no docstring",
        "a.py: f has no docstring",
    ]
    assert code.missing_docstrings("a.py", "x = 1\n") == ["a.py: no docstring"]
    assert code.missing_docstrings("__init__.py", "") == []


def test_no_module_is_too_long() -> None:
    assert [fault for file in FILES for fault in code.too_long(*file)] == []
    assert code.too_long("a.py", "x = 1\n" * 301) == ["a.py: 301 lines"]


def test_apps_are_entered_through_their_doors() -> None:
    assert [fault for file in FILES for fault in code.wrong_doors(*file)] == []
    assert code.used_more_doors(FILES) == set(code.MORE_DOORS), "stale exception"


@pytest.mark.parametrize(
    ("line", "through"),
    [
        ("from shared_apps.accounts.views.profile import profile", "views"),
        ("from shared_apps.accounts import forms", "forms"),
        ("import shared_apps.accounts.tasks", "tasks"),
        ("from shared_apps import accounts", "the package"),
        ("def f():\n    from tenant_apps.sittings.views import save", "views"),
    ],
)
def test_planted_wrong_door(line: str, through: str) -> None:
    (fault,) = code.wrong_doors("tenant_apps/learning/views/topics.py", line)
    assert fault.endswith(f"through {through}")
    assert code.wrong_doors("shared_apps/accounts/adapter.py", "from . import views") != []


@pytest.mark.parametrize(
    "line",
    [
        "from shared_apps.accounts.services import identities",
        "from shared_apps.accounts import selectors, models",
        "from tenant_apps.learning.views import shared",
        "from toolkit.xlsx import download",
    ],
)
def test_right_doors(line: str) -> None:
    assert code.wrong_doors("tenant_apps/learning/views/topics.py", line) == []


def test_only_the_door_switches_schemas() -> None:
    found = {switch for file in FILES for switch in code.schema_switches(*file)}
    assert found == set(code.SWITCHES_ALLOWED), "a switch outside the door, or a stale exception"


@pytest.mark.parametrize(
    "line",
    [
        "with tenant:\n    pass",
        "with self.tenant, open(x) as f:\n    pass",
        "with request.tenant as t:\n    pass",
        "with Tenant.objects.get(code='a'):\n    pass",
        "with models.Tenant(code='a'):\n    pass",
        "with hosts.tenant_for_host('a'):\n    pass",
        "with tenants[0]:\n    pass",
        "connection.set_tenant(tenant)",
        "connection.set_schema('a')",
        "connection.set_schema_to_public()",
        "from django_tenants.utils import schema_context",
        "from django_tenants.utils import tenant_context as t",
        "cursor.execute('SET LOCAL search_path TO a')",
    ],
)
def test_planted_schema_switch(line: str) -> None:
    assert len(code.schema_switches("tenant_apps/home/services.py", line)) == 1


@pytest.mark.parametrize(
    "line",
    [
        "with in_tenant(tenant):\n    pass",
        "with schemas.in_tenant(request.tenant) as tenant:\n    pass",
        "with transaction.atomic():\n    pass",
    ],
)
def test_uses_of_the_door(line: str) -> None:
    assert code.schema_switches("tenant_apps/home/services.py", line) == []


def test_every_rule_has_a_value() -> None:
    used = {key for _path, text in FILES for key in code.rule_keys_used(text)}
    defined = {key for text in MIGRATIONS for key in code.rule_keys_defined(text)}
    assert len(used) > 5
    assert code.unknown_rule_keys(used, defined) == []


def test_planted_rule_without_a_value() -> None:
    text = 'rules.whole("learning.pas_percent")\nrules.value(f"jp.aim.{kind}")\nd.value("x")\n'
    used = code.rule_keys_used(text)
    assert used == {"learning.pas_percent", "jp.aim.*"}
    defined = code.rule_keys_defined('D = [("learning.pass_percent", 70), ("jp.target.pns", 20)]')
    assert defined == {"learning.pass_percent", "jp.target.pns"}
    assert code.unknown_rule_keys(used, defined) == ["jp.aim.*", "learning.pas_percent"]
    assert code.unknown_rule_keys({"jp.target.*", "learning.pass_percent"}, defined) == []
