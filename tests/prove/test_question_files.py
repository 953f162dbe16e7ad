"""Random and mutated files of questions: a clear error or a right import, never a crash.

`make prove` feeds 5,000; `make test` the same code with a few (tests/tenant_apps/question_bank).
"""

import os
import random
from pathlib import Path

import pytest

from tests.tenant_apps.question_bank.formats.mutations import feed

pytestmark = [
    pytest.mark.prove,
    pytest.mark.skipif(os.environ.get("PROVE") != "1", reason="a long proof: make prove"),
]


def test_five_thousand_files(tmp_path: Path) -> None:
    seed = int(os.environ.get("SEED", random.randrange(10**9)))
    print(f"SEED={seed}")
    report = feed(tmp_path, count=5_000, seed=seed)
    print(report)
    assert report.read and report.refused
