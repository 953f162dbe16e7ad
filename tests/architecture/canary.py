"""One object of each kind at one tenant, all of whose texts carry a word that is nowhere else."""

import datetime
import uuid
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils import timezone

from tenants.schemas import in_tenant
from tests.architecture.addresses import SAMPLES

#: Stands in every text and file; whoever reads it has read an object of this tenant.
WORD = "kenariemas"
SLUG = "kenari"
CODE = "7KQ2-M9XD-40RT"
#: Parameters that name no object of a tenant or person: how a thing is looked at, or a secret
#: that is itself the right.
NO_OBJECT = {"action", "colour", "kind", "purpose", "sha256", "stop_token", "token", "uidb36"}
#: Parts of a topic, a version or a paper, which their object leads to.
PARTS = {"key": "bagian-1", "number": 1, "position": 1, "version": 1}
_DAY = datetime.date(2026, 1, 5)


def ids() -> dict[str, object]:
    """Return what to put into addresses to name the objects that `make` made."""
    named = {name: uuid.UUID(str(value)) for name, value in SAMPLES.items() if _is_id(value)}
    return {**SAMPLES, **named, **PARTS, "slug": SLUG, "code": CODE}


def _is_id(value: object) -> bool:
    try:
        uuid.UUID(str(value))
    except ValueError:
        return False
    return True


class Canary:
    """Makes the objects: their ids are the samples of the addresses, so that each can be asked."""

    def __init__(self, tenant: Any, owner: Any, person: Any) -> None:
        """`owner` works at the tenant, `person` learns there; both belong to its agency."""
        self.tenant, self.owner, self.person = tenant, owner, person
        self.ids = ids() | {"account_id": person.pk, "member_id": person.pk}
        self.kept: list[models.Model] = []

    def keep(self, row: models.Model) -> Any:
        """Write a row and remember it."""
        row.save(force_insert=True)
        self.kept.append(row)
        return row

    def make(self) -> None:
        """Write everything."""
        with in_tenant(self.tenant):
            self._learning()
            self._classes()
            self._questions()
            self._administration()
        self._people()
        self._certificates()
        self._work()
        self._regulations()
        self.made = self._state()

    def _learning(self) -> None:
        from tenant_apps.files.models import StoredFile
        from tenant_apps.files.services import path_of
        from tenant_apps.learning.models import Enrolment, LearningPath, PathTopic
        from tenant_apps.members.services.joining import join
        from tenant_apps.sittings.models import TimeExtension

        self.author, _new = join(account_id=self.owner.pk)
        self.member, _new = join(account_id=self.person.pk)
        self.topic = topic(SLUG, WORD, owner=self.author, visibility="own")
        self.keep(Enrolment(member=self.member, topic=self.topic, version=self.topic.current,
                            step="reading"))  # fmt: skip
        path = self.keep(LearningPath(slug=SLUG, title=WORD, summary=WORD, state="published",
                                      visibility="own"))  # fmt: skip
        self.keep(PathTopic(path=path, topic=self.topic, position=1))
        stored = self.keep(
            StoredFile(
                id=self.ids["file_id"], owner_kind="topic", owner_uuid=self.topic.pk,
                name=f"{WORD}.png", media_type="image/png", size=len(WORD), sha256="1" * 64,
            )
        )  # fmt: skip
        place = path_of(stored.pk, self.tenant.code)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(WORD)
        self.keep(TimeExtension(member=self.member, percent=130, valid_until=datetime.date.max))

    def _classes(self) -> None:
        from shared_apps.offerings.models import Announcement, Letter, Proposal, ProposalPerson
        from tenant_apps.learning.models import Attendance, ClassSession, Seat

        self.offering = offering(self.topic, WORD, visibility="own")
        now = timezone.now()
        session = self.keep(
            ClassSession(
                id=self.ids["session_id"], offering=self.offering, title=WORD, room=WORD,
                link=f"https://{WORD}.test/", starts_at=now - datetime.timedelta(minutes=5),
                ends_at=now + datetime.timedelta(hours=1),
            )
        )  # fmt: skip
        seat = self.keep(Seat(id=self.ids["seat_id"], offering=self.offering, member=self.member,
                              state="seated", note=WORD))  # fmt: skip
        self.keep(Attendance(session=session, seat=seat, how="list"))
        announced = self.keep(
            Announcement(
                id=self.ids["announcement_id"], tenant=self.tenant, uuid=self.offering.pk,
                path=f"/kelas/{SLUG}/", title=WORD, programme=WORD, jp=2, mode="classical",
                state="open", place=WORD, quota=5, visibility="own",
            )
        )  # fmt: skip
        proposal = self.keep(
            Proposal(
                id=self.ids["proposal_id"], announcement=announced, agency=self.tenant.agency,
                home=self.tenant, made_by=self.owner, note=WORD, answer=WORD,
            )
        )  # fmt: skip
        self.keep(ProposalPerson(proposal=proposal, announcement=announced, account=self.person,
                                 note=WORD))  # fmt: skip
        content = {
            "provider": WORD, "provider_agency": WORD, "logo": "", "colour": "#0b5563",
            "place": WORD, "zone": "Asia/Jakarta", "signer_name": WORD, "signer_position": WORD,
            "title": WORD, "programme": WORD, "jp": "2", "venue": WORD, "starts_at": "",
            "ends_at": "", "sessions": [], "path": f"/kelas/{SLUG}/",
            "people": [{"name": WORD, "number": "", "agency": WORD}],
        }  # fmt: skip
        self.keep(
            Letter(
                id=self.ids["letter_id"], announcement=announced, agency=self.tenant.agency,
                number=WORD, issued_on=_DAY, issued_by=self.owner, content=content,
            )
        )  # fmt: skip

    def _questions(self) -> None:
        from tenant_apps.question_bank.choices import QuestionKind
        from tenant_apps.question_bank.items import Choice, QuestionItem
        from tenant_apps.question_bank.models import (
            Blueprint,
            BlueprintPart,
            Category,
            ImportedQuestion,
            QuestionImport,
        )
        from tenant_apps.question_bank.services.questions import save_item
        from tenant_apps.sittings.models import PaperItem, Sitting

        category = self.keep(Category(id=self.ids["category_id"], code=SLUG, name=WORD))
        made = save_item(
            by=self.owner, category=category,
            item=QuestionItem(
                kind=QuestionKind.SINGLE, stem=f"Apa itu {WORD}?", code=WORD,
                choices=(Choice(WORD, Decimal(100)), Choice("Bukan")),
            ),
        )  # fmt: skip
        self.kept.append(made)
        self.ids["question_id"] = made.pk
        blueprint = self.keep(Blueprint(id=self.ids["blueprint_id"], name=WORD))
        self.keep(BlueprintPart(blueprint=blueprint, position=1, category=category, count=1))
        found = self.keep(
            QuestionImport(id=self.ids["import_id"], file_name=f"{WORD}.txt", state="ready",
                           made_by=self.owner.pk)
        )  # fmt: skip
        self.keep(ImportedQuestion(question_import=found, position=1, line=1, title=WORD,
                                   verdict="good", kind="single"))  # fmt: skip
        sitting = self.keep(
            Sitting(
                id=self.ids["sitting_id"], member=self.member, subject_kind="topic",
                subject_uuid=self.topic.pk, purpose="post", seed=1, total=1, right=0, points=0,
                max_points=4, pending=1, state="submitted", submitted_at=timezone.now(),
            )
        )  # fmt: skip
        self.keep(
            PaperItem(
                sitting=sitting, position=1, question_id=made.pk, question_version=1,
                kind="essay", body={"stem": WORD}, answer=WORD,
                key={"rubric": [{"text": WORD, "points": 4}]},
            )
        )  # fmt: skip

    def _administration(self) -> None:
        from tenant_apps.administration.models import Academy, Announcement, Seat

        self.keep(
            Announcement(
                id=self.ids["announcement_id"], title=WORD, text=WORD, audience="workers",
                starts_on=_DAY, made_by=self.author,
            )
        )  # fmt: skip
        self.keep(Seat(id=self.ids["seat_id"], role="chair", name=WORD, position=WORD))
        self.keep(Academy(id=self.ids["academy_id"], title=WORD, name=WORD, description=WORD))

    def _people(self) -> None:
        from shared_apps.access.models import RoleAssignment
        from shared_apps.employees.models import (
            Assignment,
            Employee,
            ImportLine,
            StaffImport,
            Unit,
        )

        agency = self.tenant.agency
        unit = self.keep(Unit(id=self.ids["unit_id"], agency=agency, code=SLUG, name=WORD))
        employee = self.keep(
            Employee(id=self.ids["employee_id"], agency=agency, number="199001012015042999",
                     name=WORD)
        )  # fmt: skip
        self.keep(Assignment(employee=employee, valid_from=_DAY, unit=unit, post=WORD, kind="pns"))
        found = self.keep(
            StaffImport(id=self.ids["import_id"], agency=agency, made_by=self.owner,
                        file_name=f"{WORD}.xlsx", effective_on=_DAY, state="ready")
        )  # fmt: skip
        self.keep(ImportLine(staff_import=found, subject="pegawai", action="baru", row=2,
                             key="1", name=WORD))  # fmt: skip
        role = self.keep(RoleAssignment(account=self.person, tenant=self.tenant, role="author"))
        self.ids["assignment_id"] = role.pk

    def _certificates(self) -> None:
        from shared_apps.recognition.models import (
            Certificate,
            CertificateTemplate,
            CertificateTemplateVersion,
            LegacyCertificate,
        )

        template = self.keep(CertificateTemplate(id=self.ids["template_id"], tenant=self.tenant,
                                                 name=WORD))  # fmt: skip
        signers = [{"name": WORD, "position": WORD}]
        self.keep(CertificateTemplateVersion(template=template, place=WORD, signers=signers))
        self.keep(
            LegacyCertificate(
                id=self.ids["certificate_id"], tenant=self.tenant, code=WORD, code_key=WORD,
                holder_name=WORD, title=WORD, completed_on=_DAY, provider_name=WORD,
            )
        )  # fmt: skip
        self.keep(
            Certificate(
                code=CODE, account=self.person, tenant=self.tenant, kind="topic",
                uuid=self.topic.pk, year=2026, number=WORD, holder_name=WORD, holder_agency=WORD,
                title=WORD, form="C3", jp=Decimal(2), started_on=_DAY, completed_on=_DAY,
                issued_at=timezone.now(), issued_on=_DAY, right=1, total=1, provider_name=WORD,
                provider_agency=WORD, colour="#0b5563", released=True,
            )
        )  # fmt: skip

    def _work(self) -> None:
        from shared_apps.audit import services as audit
        from shared_apps.jobs.models import Job
        from shared_apps.notifications.models import Notification

        job = self.keep(
            Job(
                id=self.ids["job_id"], kind="certificates.legacy", tenant=self.tenant,
                requested_by=self.owner, title=WORD, state="done", summary=[WORD],
                params={"dry": True}, output_name=f"{WORD}.xlsx", finished_at=timezone.now(),
            )
        )  # fmt: skip
        job.output_path.parent.mkdir(parents=True, exist_ok=True)
        job.output_path.write_text(WORD)
        self.keep(
            Notification(
                id=self.ids["notice_id"], account=self.owner, tenant=self.tenant,
                kind="proposal.answered", key="1", data={"title": WORD}, path=f"/{WORD}/",
                delivery="off",
            )
        )  # fmt: skip
        audit.record("category.saved", by=self.owner, tenant_id=self.tenant.pk, kind="category",
                     ref="1", data={"name": WORD})  # fmt: skip

    def _regulations(self) -> None:
        from shared_apps.regulations.models import Regulation, Relation
        from tenant_apps.citations.models import Citation

        local = {"tenant": self.tenant, "kind": "permenpan", "year": 2026, "about": WORD}
        first = self.keep(Regulation(key=PARTS["key"], number=WORD, **local))
        second = self.keep(Regulation(key=SLUG, number="2", **local))
        self.keep(Relation(id=self.ids["relation_id"], source=second, kind="amends",
                           target=first, article=WORD))  # fmt: skip
        with in_tenant(self.tenant):
            self.keep(
                Citation(
                    id=self.ids["citation_id"], kind="topic", uuid=self.topic.pk, title=WORD,
                    path=f"/topik/{SLUG}/", owner=self.author, regulation=first,
                )
            )  # fmt: skip

    def _state(self) -> dict[str, list[tuple[Any, ...]]]:
        """Return the rows as the database has them."""
        with in_tenant(self.tenant):
            return {
                f"{row._meta.label} {row.pk}": list(
                    type(row)._base_manager.filter(pk=row.pk).values_list()
                )
                for row in self.kept
            }

    def changed(self) -> list[str]:
        """Name the rows that are no longer as they were made."""
        now = self._state()
        return [name for name, values in self.made.items() if now[name] != values]


def topic(slug: str, word: str, **values: Any) -> Any:
    """Make a published topic with one section and an open draft at the open tenant."""
    from tenant_apps.learning.models import Section, Topic, TopicVersion

    said = {"title": word, "summary": word, "jp": Decimal(2)}
    made = Topic.objects.create(slug=slug, state="published", version=1, **said, **values)
    for number, state in ((1, "published"), (2, "draft")):
        version = TopicVersion.objects.create(topic=made, number=number, state=state, **said)
        Section.objects.create(
            version=version, key="bagian-1", position=1, title=word, markdown=word, html=word
        )
        if number == 1:
            made.current = version
        else:
            made.draft = version
    made.save()
    return made


def offering(of: Any, word: str, **values: Any) -> Any:
    """Make an open class of a topic at the open tenant."""
    from tenant_apps.learning.models import Offering

    return Offering.objects.create(
        slug=SLUG, topic=of, title=word, description=word, place=word, state="open", form="B3",
        quota=5, **values,
    )  # fmt: skip
