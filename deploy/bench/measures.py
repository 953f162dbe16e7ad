"""What is measured, and the aim of each measure as a multiple of the yardstick."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

TENANT = "kanreg10"
TOPIC = "cuti-pns"
PROVIDER = {"penyelenggara": TENANT}
# What people type: common and rare words, families of a word, laws, a beginning, a misspelling,
# nothing found, filters, later pages.
SEARCHES: list[dict[str, str]] = [
    *({"q": text} for text in (
        "cuti", "cuti tahunan", "cuti pns", "disiplin", "disiplin pegawai", "hukuman disiplin",
        "kenaikan pangkat", "kinerja", "penilaian kinerja pegawai", "SKP", "kompetensi",
        "pengembangan kompetensi 20 JP", "manajemen talenta", "pensiun", "tugas belajar",
        "PP 94/2021", "PP 11/2017", "Permenpan-RB 6/2022", "UU 20/2023", "gratifikasi", "spbe",
        "keamanan informasi", "satu data indonesia", "arsip", "arsiparis naskah dinas",
        "pengadaan barang dan jasa", "pejabat pembuat komitmen", "bendahara", "pajak daerah",
        "dana desa", "pelayanan publik", "survei kepuasan masyarakat", "reformasi birokrasi",
        "zona integritas", "analisis jabatan", "uji kompetensi", "literasi digital", "diklat guru",
        "pelatihan camat dan lurah", "keselamatan jalan", "imunisasi", "penanggulangan benc",
        "kepegawain", "belajar memasak rendang",
    )),
    {"q": "manajemen", "halaman": "2"}, {"q": "kinerja", "halaman": "3"},
    {"q": "cuti", "urut": "terbaru"}, {"q": "data", "urut": "terbaru"},
    {"q": "arsip", **PROVIDER}, {"q": "kompetensi", "jp": "2"},
    {"q": "keuangan daerah", "jp": "4", **PROVIDER},
]  # fmt: skip


@dataclass(frozen=True)
class Setting:
    """What the jobs are made from: where the product is, and the people made beforehand."""

    port: int
    domain: str
    people: dict[str, Any]
    # Seconds of warm-up and of measuring of each measure that has no end of its own.
    warm_seconds: float
    seconds: float

    def job(self, kind: str, *, host: str, people: list[Any], **more: Any) -> dict[str, Any]:
        """Return a job for the load client; half of the people are for the warm-up."""
        half = len(people) // 2
        return {
            "kind": kind, "port": self.port, "host": host,
            "warm": people[:half] or people, "main": people[half:],
            "warm_seconds": self.warm_seconds, "seconds": self.seconds, **more,
        }  # fmt: skip

    @property
    def topic_url(self) -> str:
        """The topic's whole address, as a way back from the login page."""
        return f"http://{self.tenant}:{self.port}/topik/{TOPIC}/"

    @property
    def tenant(self) -> str:
        """The tenant's host name."""
        return f"{TENANT}.{self.domain}"


@dataclass(frozen=True)
class Measure:
    """One row of the table; `aim` is the most that web and PostgreSQL may cost together."""

    name: str
    job: Callable[[Setting], dict[str, Any]]
    aim: float | None = None


STRANGER: list[dict[str, Any]] = [{"cookies": {}}]


def _flow(setting: Setting) -> dict[str, Any]:
    people = setting.people["learners"]
    # One story for each connection warms up; all others are gone through to their end.
    warm = min(4, len(people) // 2)
    return {
        **setting.job("stories", host=setting.tenant, people=people, slug=TOPIC,
                      right=setting.people["right"]),
        "warm": people[:warm], "main": people[warm:],
        "warm_seconds": 600, "seconds": 600,
    }  # fmt: skip


MEASURES = (
    Measure(
        "login page, stranger",
        lambda s: s.job("pages", host=s.domain, people=STRANGER, paths=["/akun/masuk/"]),
        1.8,
    ),
    Measure(
        "login page from a topic",
        lambda s: s.job(
            "pages", host=s.domain, people=STRANGER,
            paths=[f"/akun/masuk/?{urlencode({'next': s.topic_url})}"],
        ),
        1.8,
    ),
    Measure(
        "topic page, stranger",
        lambda s: s.job("pages", host=s.tenant, people=STRANGER, paths=[f"/topik/{TOPIC}/"]),
        6.0,
    ),
    Measure(
        "topic page, enrolled",
        lambda s: s.job(
            "pages", host=s.tenant, people=s.people["enrolled"], paths=[f"/topik/{TOPIC}/"]
        ),
        6.0,
    ),
    Measure(
        "save of an answer",
        lambda s: s.job("saves", host=s.tenant, people=s.people["savers"]),
        2.4,
    ),
    Measure(
        "catalogue search, stranger",
        lambda s: s.job(
            "pages", host=s.domain, people=STRANGER,
            paths=[f"/katalog/?{urlencode(fields)}" for fields in SEARCHES],
        ),
        10.0,
    ),
    Measure("flow without the PDF", _flow, 5.0),
)  # fmt: skip
FLOW_AIM = 5.0


def downloads(setting: Setting, certificates: list[Any]) -> dict[str, Any]:
    """Return the job that downloads the certificates of the flow, each for the first time."""
    return {
        **setting.job("downloads", host=setting.domain, people=certificates),
        "warm": certificates[:2], "main": certificates[2:],
        "warm_seconds": 600, "seconds": 600,
    }  # fmt: skip


def yardstick(port: int, setting: Setting) -> dict[str, Any]:
    """Return the yardstick's job: the bare view on some agencies in turn."""
    paths = [f"/agency/{pk}/" for pk in setting.people["agencies"]]
    return {**setting.job("pages", host="127.0.0.1", people=STRANGER, paths=paths), "port": port}
