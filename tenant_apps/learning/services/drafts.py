"""Writing a draft: its properties and its sections, with a receipt for each saving."""

import uuid
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from shared_apps.audit import services as audit
from tenant_apps.learning.errors import EditConflict, TopicNotValid
from tenant_apps.learning.models import Section, Topic, TopicVersion
from tenant_apps.learning.services.editing import lock_draft, member_of
from tenant_apps.learning.services.material import render_section
from tenant_apps.learning.services.publication import copy_values
from tenant_apps.learning.services.workshop import checked_slug
from toolkit import markdown

LONGEST_TEXT = 200_000
MOST_SECTIONS = 60
LARGEST_JP = Decimal(100)


@transaction.atomic
def save_properties(
    *, by: Any, topic: Topic, values: dict[str, Any], revision: int, slug: str = ""
) -> TopicVersion:
    """Save what the draft says of its topic; `values` are names of `COPIED`, and the note.

    `revision` is the one that the person saw. The address may change until the first
    publication. Raises EditConflict, TopicNotValid, VersionNotOpen.
    """
    locked, draft = lock_draft(by=by, topic=topic)
    changed = [name for name, value in values.items() if getattr(draft, name) != value]
    if changed and draft.revision != revision:
        raise EditConflict(_("Orang lain menyimpan isian ini sejak Anda membukanya."), stored=draft)
    if changed:
        for name in changed:
            setattr(draft, name, values[name])
        draft.revision += 1
        draft.updated_at = timezone.now()
        draft.save()
        audit.record(
            "version.saved",
            by=by,
            kind="topic",
            ref=locked.pk,
            data={"version": draft.number, "fields": ", ".join(sorted(changed))},
        )
    if locked.current_id is None:
        if slug and slug != locked.slug:
            locked.slug = checked_slug(slug, locked)
        copy_values(draft, locked)
        locked.updated_at = timezone.now()
        locked.save()
    return draft


def _section(draft: TopicVersion, key: str) -> Section:
    found = draft.sections.filter(key=key).select_related("editor").first()
    if found is None:
        raise TopicNotValid(_("Bagian ini sudah dihapus dari draf."))
    return found


@transaction.atomic
def add_section(*, by: Any, topic: Topic, title: str) -> Section:
    """Add an empty section at the end of the draft."""
    locked, draft = lock_draft(by=by, topic=topic)
    title = _checked_title(title)
    rows = list(draft.sections.values_list("key", "position"))
    if len(rows) >= MOST_SECTIONS:
        raise TopicNotValid(
            _("Satu topik paling banyak {most} bagian.").format(most=MOST_SECTIONS), field="title"
        )
    section = Section.objects.create(
        version=draft,
        key=_free_key(locked, title),
        position=max((position for _key, position in rows), default=0) + 1,
        title=title,
        editor=member_of(by),
    )
    audit.record("section.added", by=by, kind="topic", ref=locked.pk, data={"section": section.key})
    return section


def _free_key(topic: Topic, title: str) -> str:
    """Return a key that no section of any version has, so that it never means another part."""
    base = slugify(title)[:50].strip("-") or "bagian"
    taken = set(
        Section.objects.filter(version__topic=topic, key__startswith=base).values_list(
            "key", flat=True
        )
    ) | {"baru", "urutan"}
    number, found = 2, base
    while found in taken:
        found = f"{base}-{number}"
        number += 1
    return found


def _checked_title(title: str) -> str:
    title = " ".join(title.replace("\0", "").split())
    if not title or len(title) > 200:
        raise TopicNotValid(_("Beri judul, paling panjang 200 huruf."), field="title")
    return title


@transaction.atomic
def save_section(
    *, by: Any, topic: Topic, key: str, title: str, text: str, revision: int
) -> Section:
    """Save a section's title and Markdown; returns it with the revision to save the next one by.

    Sending the same text again changes nothing, whatever the revision: its receipt may have been
    lost. Raises EditConflict when somebody else saved meanwhile.
    """
    locked, draft = lock_draft(by=by, topic=topic)
    section = _section(draft, key)
    title = _checked_title(title)
    text = text.replace("\r\n", "\n").replace("\0", "")
    if len(text) > LONGEST_TEXT:
        raise TopicNotValid(
            _("Satu bagian paling panjang 200.000 huruf. Bagi menjadi beberapa bagian."),
            field="markdown",
        )
    if (section.title, section.markdown) == (title, text):
        return section
    if section.revision != revision:
        raise EditConflict(
            _("Orang lain menyimpan bagian ini sejak Anda membukanya."), stored=section
        )
    section.title, section.markdown = title, text
    section.html = render_section(text, topic_id=locked.pk, key=section.key)
    section.words = len(markdown.plain_words(text))
    section.revision += 1
    section.updated_at = timezone.now()
    section.editor = member_of(by)
    section.save()
    return section


@transaction.atomic
def move_section(*, by: Any, topic: Topic, key: str, up: bool) -> None:
    """Let a section change places with its neighbour; at the end nothing happens."""
    _locked, draft = lock_draft(by=by, topic=topic)
    keys = list(draft.sections.values_list("key", flat=True))
    if key not in keys:
        return
    here = keys.index(key)
    there = here - 1 if up else here + 1
    if 0 <= there < len(keys):
        keys[here], keys[there] = keys[there], keys[here]
        _write_order(draft, keys)


@transaction.atomic
def order_sections(*, by: Any, topic: Topic, keys: Sequence[str]) -> None:
    """Bring the sections into the order of these keys; ones not named stay at the end."""
    _locked, draft = lock_draft(by=by, topic=topic)
    known = list(draft.sections.values_list("key", flat=True))
    named = [key for key in dict.fromkeys(keys) if key in known]
    _write_order(draft, [*named, *(key for key in known if key not in named)])


def _write_order(draft: TopicVersion, keys: list[str]) -> None:
    places = {key: number for number, key in enumerate(keys, start=1)}
    rows = list(draft.sections.only("key", "position"))
    for row in rows:
        row.position = places[row.key]
    Section.objects.bulk_update(rows, ["position"])


@transaction.atomic
def delete_section(*, by: Any, topic: Topic, key: str) -> None:
    """Take a section out of the draft; earlier versions keep theirs. Twice changes nothing."""
    locked, draft = lock_draft(by=by, topic=topic)
    section = draft.sections.filter(key=key).first()
    if section is None:
        return
    section.delete()
    draft.sections.filter(position__gt=section.position).update(position=F("position") - 1)
    audit.record("section.deleted", by=by, kind="topic", ref=locked.pk, data={"section": key})


def render_again(*, topic_id: uuid.UUID, address: str) -> None:
    """Render the sections that show a file anew, once its pages are drawn.

    Published versions too: their words stay, only the picture of the file comes in.
    """
    sections = Section.objects.filter(version__topic=topic_id, markdown__contains=address)
    for section in sections.select_for_update():
        section.html = render_section(section.markdown, topic_id=topic_id, key=section.key)
        section.save(update_fields=["html"])
