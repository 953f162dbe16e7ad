"""Guards that read any file of the project: templates, lock files, forbidden words."""

import hashlib
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Written in pieces, so that this file does not hold what it looks for.
REGISTRIES = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"), ("pythonhosted", "org"), ("pypi", "python", "org"), ("npmjs", "org"),
        ("npmjs", "com"), ("yarnpkg", "com"), ("crates", "io"), ("rubygems", "org"),
        ("golang", "org"), ("unpkg", "com"), ("jsdelivr", "net"), ("cdnjs", "com"),
    )
]  # fmt: skip
UNFINISHED = re.compile(r"\b(" + "TO" + "DO|FIX" + r"ME)\b")
TEXT_ENDINGS = {
    ".py", ".html", ".txt", ".md", ".toml", ".in", ".js", ".mjs", ".css", ".scss", ".json", ".csv",
    ".svg", ".yml", ".yaml", ".gift", ".po", ".sh", ".conf", ".service", "",
}  # fmt: skip


def project_files(root: Path = ROOT) -> Iterator[Path]:
    """Yield the files of the repository (ignored ones left out) that hold text."""
    names = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\0")
    for name in filter(None, names):
        path = root / name
        if path.suffix in TEXT_ENDINGS and path.is_file():
            yield path


def registry_names(text: str) -> list[str]:
    """Return the package registries that a text names by host."""
    return [name for name in REGISTRIES if re.search(rf"\b{re.escape(name)}\b", text)]


def unfinished(text: str) -> list[str]:
    """Return marks of unfinished work."""
    return UNFINISHED.findall(text)


def psycopg3_pins(lock: str) -> list[str]:
    """Return the lines of a requirements file that would install psycopg 3."""
    pin = re.compile(r"psycopg(-binary|-c|-pool)?(\[[^\]]*\])?\s*([=<>~!].*)?", re.I)
    return [line for line in lock.splitlines() if pin.fullmatch(line.strip())]


_TAG = re.compile(r"<[a-zA-Z](?:\{%.*?%\}|\{\{.*?\}\}|\"[^\"]*\"|'[^']*'|[^'\">])*>", re.S)


def inline_code(template: str) -> list[str]:
    """Return what a strict content policy would refuse in a template; mails have no policy."""
    text = re.sub(r"\{#.*?#\}|\{% comment.*?endcomment %\}", "", template, flags=re.S)
    found = []
    for tag in _TAG.findall(text):
        start = tag[:40].split("\n")[0]
        if re.search(r"\sstyle\s*=", tag):
            found.append(f"style attribute: {start}")
        if re.search(r"\son[a-z]+\s*=", tag):
            found.append(f"event handler: {start}")
        if re.search(r"(href|src|action)\s*=\s*[\"']?\s*javascript:", tag, re.I):
            found.append(f"script address: {start}")
        if re.match(r"<script\b", tag, re.I) and not re.search(r"\ssrc\s*=", tag):
            found.append("inline script")
        if re.match(r"<style\b", tag, re.I):
            found.append("inline style")
    return found


def percent_constants(template: str) -> list[str]:
    """Return `_("… % …")` constants: Django shows their percent sign twice."""
    return re.findall(r"_\(\"[^\"]*%[^\"]*\"\)|_\('[^']*%[^']*'\)", template)


def changed_files(listed: dict[Path, str]) -> list[Path]:
    """Return the files that are missing or whose SHA-256 is another than listed."""
    return [
        path
        for path, digest in listed.items()
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != digest
    ]


_LINK = re.compile(r"\]\(([^)\s#]+)(?:#[^)]*)?\)")


def dead_links(document: Path, text: str) -> list[str]:
    """Return the relative links of a Markdown document that lead to no file."""
    return [
        target
        for target in _LINK.findall(text)
        if "://" not in target and not (document.parent / target).exists()
    ]
