"""Reads a content pack: a folder with `topic.md` (YAML front matter, Markdown) and questions.

The format is described in deploy/demo/README.md. Every fault names file and line.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from shared_apps.catalog.choices import Visibility
from tenant_apps.learning.errors import PackError
from tenant_apps.learning.pack_questions import questions_of
from tenant_apps.question_bank.items import QuestionItem
from toolkit.markdown import EMBED

SECTION = re.compile(r"^## +(?P<title>.+?) *\{#(?P<key>[a-z0-9]+(?:-[a-z0-9]+)*)\} *$")
IMAGE = re.compile(r"!\[(?P<alt>[^\]]*)\]\((?P<src>[^)\s]+)\)")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
KNOWN = {
    "title", "summary", "goals", "regulations", "keywords", "jp", "visibility", "pass_percent",
    "questions_per_test",
}  # fmt: skip


@dataclass(frozen=True)
class PackSection:
    """One section as written."""

    key: str
    title: str
    markdown: str


@dataclass(frozen=True)
class Pack:
    """One topic as written; `files` maps addresses in the text to images, documents and films."""

    slug: str
    title: str
    summary: str
    goals: list[str]
    regulations: list[str]
    keywords: list[str]
    jp: Decimal
    visibility: str
    pass_percent: int | None
    questions_per_test: int | None
    sections: list[PackSection]
    questions: list[QuestionItem]
    files: dict[str, Path]
    source_hash: str


def find_topics(folder: Path) -> list[Path]:
    """Return the topic folders of a pack: the folder itself or those inside it."""
    if (folder / "topic.md").is_file():
        return [folder]
    found = sorted(path.parent for path in folder.glob("*/topic.md"))
    if not found:
        raise PackError(_("tidak ada topic.md di folder ini."), where=str(folder))
    return found


def read_text(path: Path) -> str:
    """Return a text file of a pack. Raises PackError."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise PackError(_("berkas ini tidak ada."), where=f"{path}:1") from error
    except (OSError, UnicodeDecodeError) as error:
        raise PackError(
            _("berkas ini tidak dapat dibaca sebagai UTF-8."), where=f"{path}:1"
        ) from error


def read_pack(folder: Path) -> Pack:
    """Return the pack of one topic; raises PackError with file and line of the first fault."""
    pack, faults = check_pack(folder)
    if pack is None:
        raise faults[0]
    return pack


def check_pack(folder: Path) -> tuple[Pack | None, list[PackError]]:
    """Return (the pack, no faults), or (None, all that is wrong with it)."""
    faults: list[PackError] = []
    parts: dict[str, Any] = {}

    def collect(name: str, read: Callable[[], Any]) -> None:
        try:
            parts[name] = read()
        except PackError as fault:
            faults.append(fault)

    path = folder / "topic.md"
    collect("lines", lambda: _lines(folder, path))
    if faults:
        return None, faults
    lines, end = parts["lines"]
    collect("head", lambda: _head(path, "\n".join(lines[1:end])))
    collect("sections", lambda: _sections(path, lines, end + 1))
    collect("files", lambda: _files(folder, path, lines))
    if "sections" in parts:
        keys = {section.key for section in parts["sections"]}
        parts["questions"], wrong = questions_of(folder, keys)
        faults += wrong
    if faults:
        return None, faults
    pack = Pack(
        slug=folder.name,
        sections=parts["sections"],
        questions=parts["questions"],
        files=parts["files"],
        source_hash=_hash(folder, parts["files"]),
        **parts["head"],
    )
    return pack, []


def _lines(folder: Path, path: Path) -> tuple[list[str], int]:
    """Return the lines of topic.md, and where its front matter ends."""
    lines = read_text(path).splitlines()
    if not SLUG.fullmatch(folder.name):
        raise PackError(
            _("nama folder dipakai sebagai alamat: huruf kecil, angka, dan tanda hubung."),
            where=str(folder),
        )
    end = next((n for n, line in enumerate(lines[1:], start=1) if line == "---"), 0)
    if not lines or lines[0] != "---" or not end:
        raise PackError(
            _("berkas harus diawali bagian YAML di antara dua baris ---."), where=f"{path}:1"
        )
    return lines, end


def _head(path: Path, text: str) -> dict[str, Any]:
    """Return the checked front matter."""
    try:
        data = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        raise PackError(
            _("bagian awal (YAML) tidak dapat dibaca."), where=f"{path}:{line}"
        ) from error
    if not isinstance(data, dict):
        raise PackError(_("bagian awal (YAML) harus berisi nama: nilai."), where=f"{path}:2")

    def where(name: str) -> str:
        numbers = (
            n for n, line in enumerate(text.splitlines(), start=2) if line.startswith(f"{name}:")
        )
        return f"{path}:{next(numbers, 1)}"

    for name in data:
        if name not in KNOWN:
            raise PackError(_("{name} tidak dikenal.").format(name=name), where=where(str(name)))
    for name, longest in (("title", 200), ("summary", 400)):
        value = data.get(name)
        if not isinstance(value, str) or not value.strip() or len(value) > longest:
            raise PackError(
                _("{name} harus berisi teks, paling panjang {longest} huruf.").format(
                    name=name, longest=longest
                ),
                where=where(name),
            )
    for name in ("goals", "regulations", "keywords"):
        value = data.setdefault(name, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise PackError(
                _("{name} harus berupa daftar teks.").format(name=name), where=where(name)
            )
    try:
        data["jp"] = Decimal(str(data.get("jp", "")))
    except InvalidOperation as error:
        raise PackError(_("jp harus berupa angka."), where=where("jp")) from error
    if not Decimal(0) < data["jp"] <= Decimal(100) or data["jp"] != round(data["jp"], 2):
        raise PackError(_("jp harus lebih dari 0 dan paling banyak 100."), where=where("jp"))
    data.setdefault("visibility", str(Visibility.ALL_ASN))
    if data["visibility"] not in (Visibility.OWN, Visibility.ALL_ASN, Visibility.PUBLIC):
        raise PackError(
            _("visibility harus diisi own, all_asn, atau public."), where=where("visibility")
        )
    for name in ("pass_percent", "questions_per_test"):
        value = data.setdefault(name, None)
        if value is not None and not (isinstance(value, int) and 1 <= value <= 100):
            raise PackError(
                _("{name} harus bilangan 1 sampai 100.").format(name=name), where=where(name)
            )
    return data


def _sections(path: Path, lines: list[str], start: int) -> list[PackSection]:
    sections: list[PackSection] = []
    seen: set[str] = set()
    title, key, body = "", "", list[str]()

    def close() -> None:
        if key:
            sections.append(PackSection(key, title, "\n".join(body).strip() + "\n"))

    for number, line in enumerate(lines[start:], start=start + 1):
        if line.startswith("## "):
            found = SECTION.fullmatch(line)
            if not found or found["key"] in seen:
                raise PackError(
                    _("judul bagian ditulis ## Judul {#kunci}, dengan kunci yang belum dipakai."),
                    where=f"{path}:{number}",
                )
            close()
            title, key, body = found["title"], found["key"], []
            seen.add(key)
        elif key:
            body.append(line)
        elif line.strip():
            raise PackError(_("teks sebelum judul bagian pertama."), where=f"{path}:{number}")
    close()
    if not sections:
        raise PackError(_("tidak ada bagian (## Judul {#kunci})."), where=f"{path}:{len(lines)}")
    empty = next((section for section in sections if not section.markdown.strip()), None)
    if empty:
        raise PackError(
            _("bagian {key} kosong.").format(key=empty.key), where=f"{path}:{len(lines)}"
        )
    return sections


def _files(folder: Path, path: Path, lines: list[str]) -> dict[str, Path]:
    """Return the files that the text shows; films of other hosts are no files."""
    files: dict[str, Path] = {}
    for number, line in enumerate(lines, start=1):
        named = [(found["src"], found["alt"]) for found in IMAGE.finditer(line)]
        found = EMBED.fullmatch(line.strip())
        if found and "://" not in found["address"]:
            named.append((found["address"], "–"))
        for source, alt in named:
            file = (folder / source).resolve()
            if not alt.strip():
                raise PackError(_("gambar perlu teks pengganti."), where=f"{path}:{number}")
            if not file.is_relative_to(folder.resolve()) or not file.is_file():
                raise PackError(
                    _("berkas {source} tidak ada di folder paket.").format(source=source),
                    where=f"{path}:{number}",
                )
            files[source] = file
    return files


def _hash(folder: Path, files: dict[str, Path]) -> str:
    digest = hashlib.sha256()
    for part in ("topic.md", "questions.gift", "questions.xml"):
        if (folder / part).is_file():
            digest.update((folder / part).read_bytes() + b"\0")
    for name in sorted(files):
        digest.update(name.encode() + b"\0" + files[name].read_bytes() + b"\0")
    return digest.hexdigest()
