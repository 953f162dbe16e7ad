"""Topics, their versions and sections, and the way of each learner through them."""

from tenant_apps.learning.models.enrolments import Enrolment, SectionReading
from tenant_apps.learning.models.figures import AgencyMonth, CompletionDays, TopicMonth
from tenant_apps.learning.models.paths import LearningPath, PathTopic
from tenant_apps.learning.models.tests import TestPlan
from tenant_apps.learning.models.topics import COPIED, Topic, TopicValues
from tenant_apps.learning.models.versions import Section, TopicVersion

__all__ = [
    "AgencyMonth",
    "COPIED",
    "CompletionDays",
    "Enrolment",
    "LearningPath",
    "PathTopic",
    "Section",
    "SectionReading",
    "TestPlan",
    "Topic",
    "TopicMonth",
    "TopicValues",
    "TopicVersion",
]
