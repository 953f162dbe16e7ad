"""The import contracts: complete, without exceptions, and failing on an upward import."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
SETTINGS: dict[str, Any] = tomllib.loads(TEXT)["tool"]["importlinter"]
CONTRACTS = {contract["id"]: contract for contract in SETTINGS["contracts"]}
FLOORS = ("platform", ".")
RUN = "from importlinter.cli import lint_imports_command as f; f()"


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the contracts of pyproject.toml on the tree in `folder`."""
    path = os.pathsep.join(str(folder / floor) for floor in FLOORS)
    return subprocess.run(
        [sys.executable, "-c", RUN, "--config", str(ROOT / "pyproject.toml"), "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": path, "PYTHONSAFEPATH": "1", "COLUMNS": "200"},
        capture_output=True,
        text=True,
    )


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A tree with the product's packages and nothing in them."""
    names = ["platform/config", "platform/toolkit", "tenants", "shared_apps", "tenant_apps"]
    names += ["deploy"]
    names += [f"shared_apps/{app}" for app in CONTRACTS["shared"]["layers"]]
    names += [f"tenant_apps/{app}" for app in CONTRACTS["tenant"]["layers"]]
    for name in names:
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "__init__.py").write_text("")
    return tmp_path


def test_contracts_cover_every_package_without_exception() -> None:
    packages = {
        path.parent.name
        for floor in FLOORS
        for path in (ROOT / floor).glob("*/__init__.py")
        if path.parent.name != "tests"
    }
    assert set(SETTINGS["root_packages"]) == packages
    assert set(CONTRACTS["folders"]["layers"]) == packages - {"config"}
    for contract in SETTINGS["contracts"]:
        assert not {"ignore_imports", "exhaustive_ignores"} & set(contract)
        assert contract["type"] != "layers" or contract["id"] == "folders" or contract["exhaustive"]
    for key in ("shared", "tenant"):
        (folder,) = CONTRACTS[key]["containers"]
        apps = {path.parent.name for path in (ROOT / folder).glob("*/__init__.py")}
        assert set(CONTRACTS[key]["layers"]) == apps


def test_the_product_keeps_its_contracts() -> None:
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout


def test_an_empty_tree_keeps_them(tree: Path) -> None:
    result = lint(tree)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("place", "line", "broken"),
    [
        ("platform/toolkit/a.py", "import tenants", "Folders"),
        ("tenants/a.py", "from shared_apps import audit", "Folders"),
        ("shared_apps/oversight/a.py", "def f():\n    import tenant_apps.home", "Folders"),
        ("shared_apps/accounts/a.py", "import shared_apps.access", "Shared"),
        ("tenant_apps/files/a.py", "from tenant_apps import members", "Tenant"),
        ("platform/config/a.py", "import toolkit", "config wires"),
        ("shared_apps/desk/a.py", "import config", "Nothing imports"),
        ("shared_apps/newcomer/__init__.py", "", "Shared"),
    ],
)
def test_planted_upward_import(tree: Path, place: str, line: str, broken: str) -> None:
    (tree / place).parent.mkdir(exist_ok=True)
    (tree / place).write_text(line + "\n")
    result = lint(tree)
    assert result.returncode != 0
    lines = [text for text in result.stdout.splitlines() if "BROKEN" in text]
    newcomer = "newcomer" in place
    assert (newcomer and "newcomer" in result.stdout) or any(broken in text for text in lines)
