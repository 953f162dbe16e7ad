"""Guards that read Python code: docstrings, sizes, imports between apps, schema switches."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("platform/config", "platform/toolkit", "tenants", "shared_apps", "tenant_apps", "deploy")
LONGEST_MODULE = 300

# How one app may be entered from another; models serve foreign keys and type hints.
DOORS = {"services", "selectors", "permissions", "errors", "choices", "models"}
# Pure modules without a database behind them, which other apps read as they read choices.
MORE_DOORS: dict[str, str] = {
    "shared_apps.regulations.pages": "a page to which tenants add what cites",
    "tenant_apps.citations.audience": "where apps above say who may see what cites",
    "shared_apps.regulations.names": "how people write a regulation",
    "shared_apps.access.attention": "the list of what waits, which every app adds to",
    "shared_apps.accounts.nip": "how a NIP is written and masked",
    "shared_apps.offerings.documents": "call letters, which both sides of a proposal download",
    "shared_apps.audit.sentences": "how the trail reads, for the page that shows it",
    "shared_apps.accounts.requests": "the type of a signed-in person's request",
    "shared_apps.employees.names": "whether two spellings are one person's name",
    "shared_apps.jobs.exports": "the list of exports, which every app adds to",
    "tenant_apps.question_bank.formats": "files of questions, read and written",
    "tenant_apps.question_bank.items": "a question as its author writes it",
    "tenant_apps.question_bank.gift": "the format of questions in content packs",
    "tenant_apps.question_bank.usage": "where apps above say what draws from categories",
    "tenant_apps.sittings.answers": "what an answer looks like, read from forms",
    "tenant_apps.surveys.ikm": "what an index is made of, for tables and charts",
    "tenant_apps.surveys.questionnaire": "the questions that the topic's survey page shows",
}
SWITCHES = {
    "set_tenant", "set_schema", "set_schema_to_public", "schema_context", "tenant_context",
}  # fmt: skip
# (file, name) of each switch outside the door, with its reason.
SWITCHES_ALLOWED: dict[tuple[str, str], str] = {
    ("platform/toolkit/health.py", "set_schema_to_public"): (
        "answers before the tenant middleware, and toolkit may not import tenants"
    ),
    ("deploy/bench/catalog_entries.py", "search_path"): (
        "fills public tables by plain SQL; the setting ends with its transaction"
    ),
}
DOOR_OF_SCHEMAS = "tenants/schemas.py"


def python_files(root: Path = ROOT) -> Iterator[tuple[str, str]]:
    """Yield (path from the root, text) of the product's modules, migrations left out."""
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*.py")):
            if not {"migrations", "__pycache__", "node_modules"} & set(path.parts):
                yield path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")


def module_name(path: str) -> str:
    """Return the dotted name under which a file of the product is imported."""
    parts = path.removeprefix("platform/").removesuffix(".py").split("/")
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def missing_docstrings(path: str, text: str) -> list[str]:
    """Name the module, and each public class and function of it, that says nothing of itself."""
    tree = ast.parse(text)
    if not tree.body:
        return []
    faults = [] if ast.get_docstring(tree) else [f"{path}: no docstring"]
    for node in tree.body:
        public = isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        if public and not node.name.startswith("_") and not ast.get_docstring(node):
            faults.append(f"{path}: {node.name} has no docstring")
    return faults


def too_long(path: str, text: str) -> list[str]:
    """Name a module of more than 300 lines."""
    lines = text.count("\n")
    return [f"{path}: {lines} lines"] if lines > LONGEST_MODULE else []


def _app(dotted: str) -> str:
    parts = dotted.split(".")
    return ".".join(parts[:2]) if parts[0] in {"shared_apps", "tenant_apps"} else parts[0]


def _imports(tree: ast.AST) -> Iterator[str]:
    """Yield the full dotted name of everything that is imported; relative ones as `.`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            yield from ("." if node.level else f"{base}.{alias.name}" for alias in node.names)


def wrong_doors(path: str, text: str) -> list[str]:
    """Name each import that enters another app elsewhere than through its doors.

    The tools of deploy are no app: to measure, they make sessions and rows by the thousand.
    """
    if path.startswith("deploy/"):
        return []
    own = _app(module_name(path))
    faults = []
    for target in _imports(ast.parse(text)):
        if target == ".":
            faults.append(f"{path}: relative import")
        app, parts = _app(target), target.split(".")
        if parts[0] not in {"shared_apps", "tenant_apps"} or app == own:
            continue
        door = parts[2] if len(parts) > 2 else ""
        if door not in DOORS and f"{app}.{door}" not in MORE_DOORS:
            faults.append(f"{path}: enters {app} through {door or 'the package'}")
    return faults


def used_more_doors(files: list[tuple[str, str]]) -> set[str]:
    """Return the names of MORE_DOORS that some other app really uses."""
    used = set()
    for path, text in files:
        own = _app(module_name(path))
        for target in _imports(ast.parse(text)):
            name = ".".join(target.split(".")[:3])
            if name in MORE_DOORS and _app(target) != own:
                used.add(name)
    return used


def _is_tenant(node: ast.expr) -> bool:
    """Say whether an expression is a tenant itself, not what a function makes of one."""
    if isinstance(node, ast.Name):
        return node.id.lower().endswith("tenant")
    if isinstance(node, ast.Attribute):
        return node.attr.lower().endswith("tenant")
    if isinstance(node, ast.Subscript):
        return "tenant" in ast.unparse(node.value).lower()
    if isinstance(node, ast.Call):
        # Tenant(...), Tenant.objects.get(...), tenant_for_host(...): calls that return one.
        return re.match(r"(\w+\.)*(Tenant\b|tenant_for_host|current_tenant)", ast.unparse(node)) \
            is not None  # fmt: skip
    return False


_SET_PATH = re.compile(r"\bset\s+(local\s+|session\s+)?search_path\b", re.I)


def schema_switches(path: str, text: str) -> list[tuple[str, str]]:
    """Return (path, what) for each place that switches the schema by itself."""
    if path == DOOR_OF_SCHEMAS:
        return []
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.With | ast.AsyncWith):
            found += [(path, "with tenant") for i in node.items if _is_tenant(i.context_expr)]
        elif isinstance(node, ast.Attribute) and node.attr in SWITCHES:
            found.append((path, node.attr))
        elif isinstance(node, ast.alias) and node.name in SWITCHES:
            found.append((path, node.name))
        elif isinstance(node, ast.Constant) and _SET_PATH.search(str(node.value)):
            found.append((path, "search_path"))
    return found


RULE_READS = {"value", "whole", "flag", "names"}
RULE_KEY = re.compile(r"[a-z_]+(\.[a-z_0-9]+)+")


def rule_keys_used(text: str) -> set[str]:
    """Return the keys of rules that a module reads; a composed key ends with `*`."""
    used = set()
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(
            node.func, "id", ""
        )  # fmt: skip
        first = node.args[0]
        if name not in RULE_READS:
            continue
        if isinstance(first, ast.Constant) and RULE_KEY.fullmatch(str(first.value)):
            used.add(str(first.value))
        elif isinstance(first, ast.JoinedStr) and isinstance(first.values[0], ast.Constant):
            start = str(first.values[0].value)
            if "." in start:
                used.add(f"{start}*")
    return used


def rule_keys_defined(migration: str) -> set[str]:
    """Return the keys of rules that a migration gives a value."""
    texts = [
        node.value
        for node in ast.walk(ast.parse(migration))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    return {text for text in texts if RULE_KEY.fullmatch(text)}


def unknown_rule_keys(used: set[str], defined: set[str]) -> list[str]:
    """Return the used keys without a value; a composed one needs some key with its beginning."""
    return sorted(
        key
        for key in used
        if not (
            any(name.startswith(key[:-1]) for name in defined)
            if key.endswith("*")
            else key in defined
        )
    )
