"""House rules of templates, lock files and words; each guard is shown to catch a violation."""

import hashlib
import importlib.util
import json
import platform
import sysconfig
from pathlib import Path

import pytest

from tests.architecture import texts

TEXTS = [(p.relative_to(texts.ROOT).as_posix(), p) for p in texts.project_files()]
TEMPLATES = [(name, p) for name, p in TEXTS if p.suffix == ".html" and "/templates/" in name]
# Programs that read mail know no stylesheets of ours, and no content policy.
PAGES = [(name, p) for name, p in TEMPLATES if "/emails/" not in name]
LOCKS = [(name, p) for name, p in TEXTS if name.startswith("deploy/requirements/")]


def test_platform_stays_the_standard_library() -> None:
    assert not (texts.ROOT / "platform" / "__init__.py").exists()
    assert platform.__file__ and sysconfig.get_paths()["stdlib"] in platform.__file__
    assert platform.python_version()


def test_no_psycopg_3() -> None:
    assert importlib.util.find_spec("psycopg") is None
    assert importlib.util.find_spec("psycopg2") is not None
    assert {"deploy/requirements/base.txt", "deploy/requirements/dev.txt"} <= {n for n, _ in LOCKS}
    for _name, path in LOCKS:
        assert texts.psycopg3_pins(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "line", ["psycopg==3.2.1 \\", "psycopg[binary]>=3", "psycopg-binary==3.2.1", "psycopg"]
)
def test_planted_psycopg_3(line: str) -> None:
    assert texts.psycopg3_pins(f"psycopg2-binary==2.9.11 \\\n{line}\n") == [line]


def test_no_file_names_a_registry() -> None:
    named = {name: texts.registry_names(path.read_text(encoding="utf-8")) for name, path in TEXTS}
    assert {name: found for name, found in named.items() if found} == {}


def test_planted_registry() -> None:
    for host in texts.REGISTRIES:
        assert texts.registry_names(f'"resolved": "https://files.{host}/a/-/a-1.tgz"') == [host]
    assert texts.registry_names("our own server at lintas.example") == []


def test_nothing_is_unfinished() -> None:
    marked = {name: texts.unfinished(path.read_text(encoding="utf-8")) for name, path in TEXTS}
    assert {name: found for name, found in marked.items() if found} == {}
    assert texts.unfinished("x = 1  # TO" + "DO later") != []
    assert texts.unfinished("todos los dias") == []


def test_templates_have_nothing_inline() -> None:
    assert len(PAGES) > 20
    found = {name: texts.inline_code(path.read_text(encoding="utf-8")) for name, path in PAGES}
    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.parametrize(
    "line",
    [
        '<p class="a" style="color:red">',
        "<td\n  style='width: {{ n }}%'>",
        '<button onclick="go()">',
        '<a href="javascript:go()">',
        "<script>go()</script>",
        '<script type="module" nonce="{{ n }}">',
        "<style>p{}</style>",
        '<div {% if a > 1 %}class="b"{% endif %} style="x">',
    ],
)
def test_planted_inline_code(line: str) -> None:
    assert len(texts.inline_code(f"<p>\n{line}\n</p>")) == 1


@pytest.mark.parametrize(
    "line",
    [
        '<script src="{% static "js/a.js" %}" defer></script>',
        '<link rel="stylesheet" href="a.css">',
        "{# <p style='x'> #}",
        '<a href="?online=1" data-style="a">style = onclick=</a>',
        '<p title="a > b" class="c">x</p>',
    ],
)
def test_harmless_templates(line: str) -> None:
    assert texts.inline_code(line) == []


def test_no_percent_sign_in_template_constants() -> None:
    for name, path in TEMPLATES:
        assert texts.percent_constants(path.read_text(encoding="utf-8")) == [], name
    assert texts.percent_constants('{% include "a" with t=_("70 % benar") %}') != []


def test_vendored_files_match_their_manifest() -> None:
    static = texts.ROOT / "platform" / "static"
    listed = {
        static / file["path"]: file["sha256"]
        for entry in json.loads((static / "vendor" / "manifest.json").read_text(encoding="utf-8"))
        for file in entry["files"]
    }
    assert texts.changed_files(listed) == []
    found = {path for path in (static / "vendor").rglob("*") if path.is_file()}
    assert found - set(listed) == {static / "vendor" / "manifest.json"}


def test_planted_change_of_a_vendored_file(tmp_path: Path) -> None:
    changed = tmp_path / "a.js"
    changed.write_text("x")
    digest = hashlib.sha256(b"y").hexdigest()
    missing = tmp_path / "b.js"
    assert texts.changed_files({changed: digest, missing: digest}) == [changed, missing]


def test_links_between_documents_lead_somewhere() -> None:
    own = [path for name, path in TEXTS if path.suffix == ".md" and "deploy/demo" not in name]
    dead = {path: texts.dead_links(path, path.read_text(encoding="utf-8")) for path in own}
    assert {path.name: links for path, links in dead.items() if links} == {}


def test_planted_dead_link(tmp_path: Path) -> None:
    (tmp_path / "b.md").write_text("")
    text = "[b](b.md#top) [c](c.md) [web](https://a.test/x) [here](#top) ![d](images/d.png)"
    assert texts.dead_links(tmp_path / "a.md", text) == ["c.md", "images/d.png"]


def test_every_app_says_what_it_is_for() -> None:
    apps = [path.parent for path in texts.ROOT.glob("*_apps/*/apps.py")]
    apps += [texts.ROOT / "tenants", texts.ROOT / "platform" / "toolkit"]
    assert len(apps) > 15
    assert [app.name for app in apps if not (app / "README.md").is_file()] == []
