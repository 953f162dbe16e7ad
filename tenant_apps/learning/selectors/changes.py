"""What changed from one version of a topic to the next."""

import difflib
import re
from dataclasses import dataclass, field

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from tenant_apps.learning.models import COPIED, TopicVersion

WORD = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class ValueChange:
    """One property that says something else now."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class SectionChange:
    """One section that came, went, or changed; `lines` show how."""

    key: str
    title: str
    state: str  # added, removed or changed
    lines: list[SafeString] = field(default_factory=list)


def value_changes(before: TopicVersion, after: TopicVersion) -> list[ValueChange]:
    """Return the properties that differ."""
    found = []
    for name in COPIED:
        if name == "minutes":
            continue
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            found.append(ValueChange(name, _text(old), _text(new)))
    return found


def _text(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    return "" if value is None else str(value)


def section_changes(before: TopicVersion, after: TopicVersion) -> list[SectionChange]:
    """Return the sections that came, went or changed, in their new order."""
    old = {section.key: section for section in before.sections.all()}
    found = []
    for section in after.sections.all():
        earlier = old.pop(section.key, None)
        if earlier is None:
            found.append(SectionChange(section.key, section.title, "added"))
        elif (earlier.title, earlier.markdown) != (section.title, section.markdown):
            lines = line_changes(
                f"{earlier.title}\n{earlier.markdown}", f"{section.title}\n{section.markdown}"
            )
            found.append(SectionChange(section.key, section.title, "changed", lines))
    return found + [SectionChange(row.key, row.title, "removed") for row in old.values()]


def line_changes(before: str, after: str) -> list[SafeString]:
    """Return the lines that differ, marked word by word; unchanged ones are left out."""
    old, new = before.splitlines(), after.splitlines()
    found = []
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag == "equal":
            continue
        gone, come = old[old_from:old_to], new[new_from:new_to]
        for index in range(max(len(gone), len(come))):
            found.append(
                _words(
                    gone[index] if index < len(gone) else "",
                    come[index] if index < len(come) else "",
                )
            )
    return [line for line in found if line]


def _words(before: str, after: str) -> SafeString:
    old, new = WORD.findall(before), WORD.findall(after)
    parts: list[SafeString] = []
    for tag, old_from, old_to, new_from, new_to in difflib.SequenceMatcher(
        None, old, new
    ).get_opcodes():
        gone, come = "".join(old[old_from:old_to]), "".join(new[new_from:new_to])
        if tag == "equal":
            parts.append(conditional_escape(come))
            continue
        if gone:
            parts.append(format_html("<del>{}</del>", gone))
        if come:
            parts.append(format_html("<ins>{}</ins>", come))
    return mark_safe("".join(parts))
