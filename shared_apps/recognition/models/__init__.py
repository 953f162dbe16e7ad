"""Rules of recognition, the ledger of learning hours (JP), kept totals and certificates."""

from shared_apps.recognition.models.certificates import Certificate, NumberCounter, Rendition
from shared_apps.recognition.models.fields import JpField
from shared_apps.recognition.models.ledger import LedgerEntry, RecognisedSource
from shared_apps.recognition.models.legacy import LegacyCertificate
from shared_apps.recognition.models.rules import FormRule, RuleSet
from shared_apps.recognition.models.templates import (
    CertificateTemplate,
    CertificateTemplateVersion,
)
from shared_apps.recognition.models.totals import AgencyTotal, PersonTotal, TenantTotal

__all__ = [
    "AgencyTotal",
    "Certificate",
    "CertificateTemplate",
    "CertificateTemplateVersion",
    "FormRule",
    "JpField",
    "LedgerEntry",
    "LegacyCertificate",
    "NumberCounter",
    "PersonTotal",
    "RecognisedSource",
    "Rendition",
    "RuleSet",
    "TenantTotal",
]
