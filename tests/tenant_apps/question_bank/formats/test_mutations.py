"""A few of the files of `make prove`: random and broken ones never crash the reader."""

import random
from pathlib import Path

from tests.tenant_apps.question_bank.formats.mutations import feed


def test_a_few_broken_files(tmp_path: Path) -> None:
    seed = random.randrange(10**9)
    print(f"SEED={seed}")
    report = feed(tmp_path, count=150, seed=seed)
    assert report.read + report.refused == 150
