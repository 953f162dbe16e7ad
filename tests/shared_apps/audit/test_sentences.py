"""Whatever the product records can be read and filtered in the trail."""

import ast

from shared_apps.audit.sentences import KINDS, SENTENCES, phrase
from tests.architecture.source_code import python_files


def recorded(name: str) -> set[str]:
    """Return the texts that `audit.record` is called with: as first argument, or by keyword."""
    found = set()
    for path, text in python_files():
        if not path.startswith(("shared_apps/", "tenant_apps/")):
            continue
        for node in ast.walk(ast.parse(text)):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "record"
            ):
                values = [each.value for each in node.keywords if each.arg == name]
                values += node.args[:1] if not name else []
                found |= {
                    each.value
                    for value in values
                    for each in ast.walk(value)
                    if isinstance(each, ast.Constant) and isinstance(each.value, str)
                }
    return found


def test_every_kind_that_is_recorded_can_be_filtered() -> None:
    kinds = recorded("kind")
    assert len(kinds) > 10
    assert kinds <= set(KINDS)


def test_every_verb_reads_even_without_its_data() -> None:
    for verb in SENTENCES:
        assert phrase(verb, {}, "x").strip()
        assert "{" not in phrase(verb, {}, "x")
