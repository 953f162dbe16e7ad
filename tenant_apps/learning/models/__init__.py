"""Topics, their versions and sections, and the way of each learner through them."""

from tenant_apps.learning.models.enrolments import Enrolment, SectionReading
from tenant_apps.learning.models.topics import COPIED, Topic, TopicValues
from tenant_apps.learning.models.versions import Section, TopicVersion

__all__ = [
    "COPIED",
    "Enrolment",
    "Section",
    "SectionReading",
    "Topic",
    "TopicValues",
    "TopicVersion",
]
