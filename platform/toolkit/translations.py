"""Collects the texts of the code, merges them into the English catalogue and compiles it.

Texts are written in Indonesian in the code; a catalogue holds their translation. Babel does the
work, so that GNU gettext need not be installed.
"""

import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("platform", "tenants", "shared_apps", "tenant_apps")
SKIPPED = {"migrations", "static", "locale", "docs", "__pycache__"}
CATALOGUE = ROOT / "platform" / "locale" / "en" / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}

Key = tuple[str, str]


class StableCatalog(Catalog):
    """A catalogue whose header names neither a time nor a person, so that it only changes with
    its texts."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """The few headers that readers of the file need."""
        return [
            ("Project-Id-Version", "Lintas"),
            ("Language", str(self.locale_identifier)),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", self.plural_forms),
        ]


class UnreadableSource(Exception):
    """A file's texts cannot be read; the text names it."""


def _key(message: Message) -> Key:
    first = message.id if isinstance(message.id, str) else message.id[0]
    return (str(message.context or ""), str(first))


def _forms(message: Message) -> tuple[str, ...]:
    """Return the translation's forms; an untranslated message has empty ones."""
    if isinstance(message.string, (tuple, list)):
        return tuple(text or "" for text in message.string)
    return (message.string or "",)


def _source_files(root: Path) -> Iterator[Path]:
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            parts = path.relative_to(root).parts
            if SKIPPED.isdisjoint(parts) and path.is_file():
                template = "templates" in parts and path.suffix in {".html", ".txt"}
                if template or path.suffix == ".py":
                    yield path


def _python_of(path: Path) -> str:
    """Return the file as Python text that holds its gettext calls; templates are translated."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return text
    # What stands between the calls is blanked out with an X for each character, and its
    # indentation would break the tokenizer.
    lines = templatize(text, origin=str(path)).splitlines()
    return "\n".join(line.strip() for line in lines) + "\n"


def collect(root: Path = ROOT) -> StableCatalog:
    """Return a catalogue of every text in the project's code and templates, without
    translations; raises UnreadableSource for a file that cannot be parsed."""
    found = StableCatalog(
        locale="en", fuzzy=False, header_comment="# English translation of the Indonesian texts."
    )
    for path in _source_files(root):
        place = path.relative_to(root).as_posix()
        try:
            text = io.BytesIO(_python_of(path).encode())
            for _line, message, _comments, context in extract(
                "python", text, keywords=KEYWORDS, options={"encoding": "utf-8"}
            ):
                found.add(message, locations=[(place, 1)], context=context)
        except (SyntaxError, ValueError) as error:
            raise UnreadableSource(f"{place}: {error}") from error
    return found


def read(path: Path = CATALOGUE) -> Catalog:
    """Return the catalogue file; an empty catalogue when there is none."""
    if not path.exists():
        return Catalog(locale="en")
    with path.open("rb") as file:
        return read_po(file, locale="en")


def _by_key(catalog: Catalog) -> dict[Key, Message]:
    return {_key(message): message for message in catalog if message.id}


@dataclass
class Merge:
    """What `update` did: `total` texts, of which `untranslated`; `dropped` translations."""

    total: int
    untranslated: int
    dropped: list[str] = field(default_factory=list)


def update(root: Path = ROOT, path: Path = CATALOGUE) -> Merge:
    """Bring the catalogue file to the texts of the code; keeps every translation still used."""
    wanted, old = collect(root), _by_key(read(path))
    untranslated = 0
    for message in wanted:
        if not message.id:
            continue
        known = old.pop(_key(message), None)
        if known and isinstance(known.id, str) == isinstance(message.id, str):
            message.string = known.string
            message.user_comments = known.user_comments
            message.flags |= known.flags & {"fuzzy"}
        untranslated += not all(_forms(message))
    buffer = io.BytesIO()
    write_po(buffer, wanted, width=100, sort_output=True, include_lineno=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_bytes() != buffer.getvalue():
        path.write_bytes(buffer.getvalue())
    dropped = [f"{key[1]} = {_forms(message)[0]}" for key, message in old.items()]
    return Merge(len(wanted), untranslated, [line for line in dropped if not line.endswith("= ")])


_PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|(%[sd])|\{([A-Za-z_]\w*)[^{}]*\}")


def placeholders(text: str) -> set[str]:
    """Return the names of `%(name)s` and `{name}` in a text, and bare `%s` and `%d`."""
    text = text.replace("%%", "").replace("{{", "").replace("}}", "")
    return {next(filter(None, match.groups())) for match in _PLACEHOLDER.finditer(text)}


def _placeholder_faults(message: Message) -> Iterator[str]:
    if isinstance(message.id, str):
        if placeholders(message.id) != placeholders(_forms(message)[0]):
            yield "other placeholders"
        return
    # The first form may say "one" instead of the number; the others need every placeholder.
    every = placeholders(message.id[0]) | placeholders(message.id[1])
    for number, form in enumerate(_forms(message)):
        names = placeholders(form)
        if not names <= every or (number and names != placeholders(message.id[1])):
            yield f"other placeholders in form {number}"


def faults(root: Path = ROOT, path: Path = CATALOGUE) -> list[str]:
    """Return what is wrong with the catalogue, one line each; empty when it is complete."""
    wanted, have = _by_key(collect(root)), _by_key(read(path))
    lines = [f"missing: {key[1]!r}" for key in wanted if key not in have]
    for key, message in have.items():
        same_kind = key in wanted and isinstance(wanted[key].id, str) == isinstance(message.id, str)
        if not same_kind:
            lines.append(f"obsolete: {key[1]!r}")
        elif message.fuzzy:
            lines.append(f"fuzzy: {key[1]!r}")
        elif not all(_forms(message)) or len(_forms(message)) < _needed(message):
            lines.append(f"untranslated: {key[1]!r}")
        else:
            lines += [f"{fault}: {key[1]!r}" for fault in _placeholder_faults(message)]
    return sorted(lines)


def _needed(message: Message) -> int:
    return 1 if isinstance(message.id, str) else 2


def compile_catalogues(
    paths: Iterable[Path] | None = None, say: Callable[[str], object] = lambda line: None
) -> int:
    """Write the .mo beside each .po that is newer than it; returns how many were written."""
    written = 0
    for path in paths if paths is not None else CATALOGUE.parents[2].rglob("*.po"):
        target = path.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= path.stat().st_mtime_ns:
            continue
        # Written aside and moved, so that a process that starts meanwhile never reads a half.
        half = target.with_suffix(".part")
        with half.open("wb") as file:
            write_mo(file, read(path))
        half.replace(target)
        written += 1
        say(f"Translations: {target.name} of {path.parent.parent.name} compiled.")
    return written
