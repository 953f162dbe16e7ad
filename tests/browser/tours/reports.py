"""The summary, participants, results and satisfaction, empty and with figures, and jobs."""

import uuid
from collections.abc import Callable, Iterator

from playwright.sync_api import Page

from tests.browser.learner import Visitor
from tests.browser.product import Product
from tests.browser.watch import Window

OpenWindow = Callable[..., Window]
Stop = tuple[str, Page]
PASSWORD = "belajar-lintas-2026"
MANAGER = "198207152006041001"
JOB = """
INSERT INTO jobs_job (id, kind, tenant_id, requested_by_id, title, params, key, state, done, total,
  checkpoint, attempts, heartbeat_at, summary, next_path, next_label, input_name, output_name,
  created_at)
SELECT %s, 'export', t.id, i.account_id, 'Ekspor: Peserta', '{"name": "participants"}', '', %s,
  20, 100, '{}', 1, now(), %s, '', '', '', '', now()
FROM tenants_tenant t, accounts_identity i WHERE t.code = 'kanreg10' AND i.number = %s RETURNING 1
"""
# Five people's answers, so that the index shows.
ANSWERS = """
UPDATE t_kanreg10.surveys_unsurtotal
SET answers = answers * 5, points = points * 5 RETURNING 1
"""


def report_pages(open_window: OpenWindow, product: Product) -> Iterator[Stop]:
    """What a manager reads."""
    visitor = Visitor(open_window(), product)
    visitor.sign_in(MANAGER, PASSWORD)
    home = product.tenant("kanreg10") + "/kelola/"

    def at(path: str) -> Page:
        visitor.go(home + path)
        return visitor.page

    yield "ringkasan", at("")
    yield "peserta", at("peserta/")
    yield "peserta-macet", at("peserta/?keadaan=macet")
    yield "hasil", at("hasil/")
    yield "hasil-kosong", at("hasil/?periode=bulan-lalu")
    yield "kepuasan-sedikit", at("kepuasan/")
    product.rows(ANSWERS)
    yield "kepuasan", at("kepuasan/")
    yield "kepuasan-kosong", at("kepuasan/?periode=bulan-lalu")
    at("peserta/")
    visitor.page.locator("table.listing tbody th a").first.click()
    yield "riwayat", visitor.page
    for state, summary in (
        ("queued", "[]"), ("running", "[]"), ("failed", '["Kolom NIP tidak ada."]'),
        ("done", '["Berkas berisi 100 baris."]'),
    ):  # fmt: skip
        job = uuid.uuid4()
        product.rows(JOB, str(job), state, summary, MANAGER)
        yield f"pekerjaan-{state}", at(f"pekerjaan/{job}/")
    yield "pekerjaan", at("pekerjaan/")
