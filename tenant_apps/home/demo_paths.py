"""A learning path for the demo."""

from typing import Any

from tenant_apps.learning.models import LearningPath, Topic
from tenant_apps.learning.services import paths

TITLE = "Dasar hak dan kewajiban PNS"
SUMMARY = (
    "Tiga topik pertama bagi pegawai baru: cuti, disiplin, dan pengembangan kompetensi. "
    "Urutannya bebas."
)
TOPICS = ("cuti-pns", "disiplin-pns", "pengembangan-kompetensi")


def add_path(manager: Any) -> bool:
    """Make and publish the path at the open tenant; returns whether it was missing."""
    if LearningPath.objects.exists():
        return False
    found = dict(Topic.objects.filter(slug__in=TOPICS).values_list("slug", "pk"))
    values = {"title": TITLE, "summary": SUMMARY, "ordered": False, "visibility": "all_asn"}
    made = paths.save_path(
        by=manager,
        path=None,
        values=values,
        topic_ids=[found[slug] for slug in TOPICS if slug in found],
    )
    paths.publish_path(by=manager, path=made)
    return True
