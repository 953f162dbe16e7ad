"""Topics with their versions, offerings with their seats, and the way of each learner."""

from tenant_apps.learning.models.enrolments import Enrolment, SectionReading
from tenant_apps.learning.models.figures import AgencyMonth, CompletionDays, TopicMonth
from tenant_apps.learning.models.offerings import ClassSession, Offering, SessionTrainer
from tenant_apps.learning.models.paths import LearningPath, PathTopic
from tenant_apps.learning.models.seats import Attendance, Seat
from tenant_apps.learning.models.tests import TestPlan
from tenant_apps.learning.models.topics import COPIED, Topic, TopicValues
from tenant_apps.learning.models.versions import Section, TopicVersion

__all__ = [
    "AgencyMonth",
    "COPIED",
    "Attendance",
    "ClassSession",
    "CompletionDays",
    "Enrolment",
    "Offering",
    "Seat",
    "Section",
    "SectionReading",
    "SessionTrainer",
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
