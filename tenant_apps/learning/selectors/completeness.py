"""What a version lacks before people may learn from it."""

import re
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from tenant_apps.files import selectors as files
from tenant_apps.learning import rules
from tenant_apps.learning.choices import TestPurpose
from tenant_apps.learning.models import Section, Topic, TopicVersion
from tenant_apps.question_bank import selectors as question_bank
from tenant_apps.question_bank.models import Question
from tenants.choices import ThingKind
from tenants.schemas import current_tenant
from toolkit.markdown import EMBED

NO_ALT = re.compile(r"!\[\s*\]\(")
EMBED_LINE = re.compile(rf"^[ ]{{0,3}}{EMBED.pattern}[ ]*$", re.MULTILINE)


@dataclass(frozen=True)
class Missing:
    """One thing that is missing, and where to add it."""

    text: str
    url: str


def missing_in(topic: Topic, version: TopicVersion) -> list[Missing]:
    """Return all that a version lacks, in the order of its pages; empty when it is complete."""
    properties = reverse("workshop_properties", args=[topic.slug])
    found = []
    if not version.summary.strip():
        found.append(Missing(_("Ringkasan belum ditulis."), properties))
    if not version.goals:
        found.append(Missing(_("Tujuan belajar belum ditulis."), properties))
    if version.visibility == "chosen" and not version.agencies:
        found.append(Missing(_("Instansi yang boleh melihat belum dipilih."), properties))
    sections = list(version.sections.all())
    if not sections:
        found.append(Missing(_("Belum ada bagian materi."), reverse("workshop", args=[topic.slug])))
    for section in sections:
        url = reverse("workshop_section", args=[topic.slug, section.key])
        found += [Missing(text, url) for text in _missing_in_section(topic, section)]
    return found + _missing_questions(topic, version)


def _missing_questions(topic: Topic, version: TopicVersion) -> list[Missing]:
    """Return what the bank lacks: by blueprint where a test follows one, else by number."""
    limits = [
        rules.test_rules(topic, tenant_id=current_tenant().pk, purpose=purpose)
        for purpose in TestPurpose
    ]
    blueprints = {each.blueprint.pk: each.blueprint for each in limits if each.blueprint}
    found = []
    for blueprint in blueprints.values():
        parts = list(blueprint.parts.order_by("position"))
        missing = sum(supply.missing for supply in question_bank.supplies(parts))
        if missing:
            text = _("Bank soal kurang {n} soal untuk kisi-kisi {name}.")
            found.append(
                Missing(
                    text.format(n=missing, name=blueprint.name),
                    reverse("blueprint", args=[blueprint.pk]),
                )
            )
    own = [each.questions for each in limits if each.blueprint is None]
    if not own:
        return found
    least = version.questions_per_test or max(own)
    category = topic.categories.order_by("code").first()
    there = Question.objects.filter(category__in=topic.categories.all(), retired=False).count()
    if there < least:
        found.append(
            Missing(
                _("Soal baru {there} dari {least} yang dipakai satu tes.").format(
                    there=there, least=least
                ),
                f"/kelola/soal/?kategori={category.pk}" if category else "/kelola/soal/",
            )
        )
    return found


def _missing_in_section(topic: Topic, section: Section) -> list[str]:
    if not section.markdown.strip():
        return [_("Bagian “{title}” masih kosong.").format(title=section.title)]
    found = []
    if NO_ALT.search(section.markdown):
        found.append(
            _("Bagian “{title}” mempunyai gambar tanpa teks pengganti.").format(title=section.title)
        )
    kept = files.named_in(section.markdown, owner_kind=ThingKind.TOPIC, owner_uuid=topic.pk)
    for file in kept.values():
        if not file.is_ready:
            found.append(
                _("Halaman {name} di bagian “{title}” masih disiapkan.").format(
                    name=file.name, title=section.title
                )
            )
    marks = len(EMBED_LINE.findall(section.markdown))
    if marks > section.html.count('<figure class="video"') + section.html.count(
        '<section class="panel stack"'
    ):
        found.append(
            _("Bagian “{title}” menyebut video atau lampiran yang tidak dapat ditampilkan.").format(
                title=section.title
            )
        )
    return found
