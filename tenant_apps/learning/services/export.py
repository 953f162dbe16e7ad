"""Writing a topic as a content pack that any tenant can import."""

import re
import shutil
import tempfile
import zipfile
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from shared_apps.access.selectors import permissions_of
from shared_apps.audit import services as audit
from tenant_apps.files import selectors as files
from tenant_apps.files.selectors import ADDRESS, Kept
from tenant_apps.files.services import path_of
from tenant_apps.learning.errors import PackError, TopicNotValid
from tenant_apps.learning.models import Topic, TopicVersion
from tenant_apps.learning.pack_questions import write_questions
from tenant_apps.learning.packs import read_pack
from tenant_apps.question_bank import selectors as question_bank
from tenant_apps.question_bank.models import Question
from tenants.choices import ThingKind
from tenants.schemas import current_tenant

FENCE = re.compile(r"^ {0,3}(```|~~~)")


def export_topic(*, by: Any, topic: Topic, to: Path) -> None:
    """Write a topic's published version, else its draft, as a zip of its pack.

    What is written was read back first: a pack that could not be imported is refused, naming
    what is missing. Raises TopicNotValid, or PermissionDenied for who may not read the questions:
    the pack has their keys.
    """
    if "question.view" not in permissions_of(by, current_tenant()):
        raise PermissionDenied
    version = topic.current or topic.draft
    if version is None:
        raise TopicNotValid(_("Topik ini belum mempunyai versi."))
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / topic.slug
        folder.mkdir()
        _write(topic, version, folder)
        try:
            read_pack(folder)
        except PackError as fault:
            text = str(fault).replace(f"{place}/", "")
            raise TopicNotValid(_("Belum dapat diekspor. {fault}").format(fault=text)) from fault
        with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(folder.rglob("*")):
                if path.is_file():
                    archive.write(path, path.relative_to(place).as_posix())
    audit.record(
        "content.exported", by=by, kind="topic", ref=topic.pk, data={"version": version.number}
    )


def _write(topic: Topic, version: TopicVersion, folder: Path) -> None:
    sections = list(version.sections.all())
    text = "\n".join(section.markdown for section in sections)
    kept = files.named_in(text, owner_kind=ThingKind.TOPIC, owner_uuid=topic.pk)
    names = _copy(kept, folder)
    head = yaml.safe_dump(_head(version), allow_unicode=True, sort_keys=False, width=100)
    parts = [f"---\n{head}---\n"]
    for section in sections:
        body = ADDRESS.sub(lambda found: names.get(found[0], found[0]), section.markdown)
        parts.append(f"\n## {section.title} {{#{section.key}}}\n\n{_below(body).strip()}\n")
    (folder / "topic.md").write_text("".join(parts), encoding="utf-8")
    questions = Question.objects.filter(category__in=topic.categories.all(), retired=False)
    write_questions(
        folder, [question_bank.as_item(row) for row in questions.order_by("section", "code")]
    )


def _copy(kept: Mapping[str, Kept], folder: Path) -> dict[str, str]:
    """Copy files into the pack; returns their names in it by their addresses here."""
    names: dict[str, str] = {}
    code = current_tenant().code
    for address, file in kept.items():
        place = "images" if file.is_image else "files"
        plain = re.sub(r"[^\w.\-]+", "-", file.name).strip("-") or "berkas"
        name, number = f"{place}/{plain}", 2
        while name in names.values():
            name = f"{place}/{number}-{plain}"
            number += 1
        source = path_of(file.pk, code)
        if source.exists():
            (folder / place).mkdir(exist_ok=True)
            shutil.copyfile(source, folder / name)
            names[address] = name
    return names


def _head(version: TopicVersion) -> dict[str, Any]:
    """Return the front matter; chosen agencies mean nothing elsewhere and become one's own."""
    jp: Decimal = version.jp.normalize()
    head: dict[str, Any] = {
        "title": version.title,
        "summary": version.summary,
        "goals": version.goals,
        "regulations": version.regulations,
        "keywords": version.keywords,
        "jp": int(jp) if jp == jp.to_integral_value() else float(jp),
        "visibility": "own" if version.visibility == "chosen" else str(version.visibility),
    }
    for name in ("pass_percent", "questions_per_test"):
        if getattr(version, name):
            head[name] = getattr(version, name)
    return head


def _below(text: str) -> str:
    """Return Markdown whose headings lie below that of its section."""
    lines, fenced = [], False
    for line in text.splitlines():
        if FENCE.match(line):
            fenced = not fenced
        lines.append(f"#{line}" if line.startswith("## ") and not fenced else line)
    return "\n".join(lines)
