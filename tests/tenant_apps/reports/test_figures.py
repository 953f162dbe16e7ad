"""Kept figures are what the enrolments say, whatever order events come in."""

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from tenant_apps.learning.gain import band_of, n_gain
from tenant_apps.learning.models import CompletionDays, Enrolment, TopicMonth
from tenant_apps.learning.selectors import figures as kept
from tenant_apps.learning.services import rebuild
from tenants.schemas import in_tenant

Makes = Callable[..., Any]


@pytest.mark.parametrize(
    ("pre", "post", "expected"),
    [
        (40, 80, "0.6667"), (80, 60, "-1.0000"), (0, 70, "0.7000"), (100, 100, None),
        (100, 50, None), (None, 80, None), (40, None, None), (0, 0, "0.0000"), (99, 0, "-99.0000"),
    ],
)  # fmt: skip
def test_n_gain_vectors(pre: int | None, post: int | None, expected: str | None) -> None:
    assert n_gain(pre, post) == (None if expected is None else Decimal(expected))


@pytest.mark.parametrize(
    ("value", "band"),
    [("0.7000", "high"), ("0.6999", "medium"), ("0.3", "medium"), ("0.2999", "low"), ("-1", "low")],
)
def test_bands(value: str, band: str) -> None:
    assert band_of(Decimal(value), high=Decimal("0.7"), medium=Decimal("0.3")) == band


@pytest.fixture
def year(make_account: Makes, begin: Makes, finish: Makes) -> None:
    """Seven people over several months: some completed, one without a pre-test."""
    for index, (days, pre, post, attempts) in enumerate(
        [(0, 4, 8, 1), (3, 8, 7, 2), (40, 0, 7, 1), (70, 10, 10, 1), (2, None, 9, 3)]
    ):
        agency = "bkn" if index % 2 else "kemenkumham"
        row = begin(make_account(agency=agency), days_ago=days)
        finish(row, pre=pre, post=post, attempts=attempts)
    begin(make_account(), days_ago=100)
    begin(make_account(agency="bkn"))


def test_figures_equal_the_enrolments(year: None, tenant_a: Any) -> None:
    with in_tenant(tenant_a):
        assert rebuild.check() == []
        (total,) = kept.summed(kept.topic_months())
        assert (total["started"], total["completed"], total["finished"]) == (7, 5, 5)
        assert (total["first_try"], total["jp"]) == (3, Decimal("10.00"))
        assert (total["pre_count"], total["pre_points"]) == (4, 220)
        assert (total["post_points"], total["gain_points"]) == (410, 100)
        assert (total["n_gain_high"], total["n_gain_medium"], total["n_gain_low"]) == (1, 1, 1)
        assert total["n_gain_sum"] == Decimal("0.6667") - Decimal("0.5") + Decimal("0.7")
        (by_agency,) = kept.summed(kept.agency_months())
        assert by_agency == total
        assert kept.median_days(kept.completion_days())[None] == 3.0


def test_a_broken_figure_is_found_and_mended(year: None, tenant_a: Any) -> None:
    with in_tenant(tenant_a):
        TopicMonth.objects.update(started=9)
        CompletionDays.objects.all().delete()
        Enrolment.objects.filter(completed_at=None).update(agency_id=None)
    with pytest.raises(CommandError, match="differ"):
        call_command("rebuild_figures", "kanreg10", "--check")
    call_command("rebuild_figures", "kanreg10")
    call_command("rebuild_figures", "kanreg10", "--check")
    with in_tenant(tenant_a):
        (total,) = kept.summed(kept.topic_months())
        assert (total["started"], total["completed"]) == (7, 5)
        assert not Enrolment.objects.filter(agency_id=None).exists()
    with pytest.raises(CommandError, match="no tenant"):
        call_command("rebuild_figures", "tidak-ada")
    with pytest.raises(CommandError, match="Name a tenant"):
        call_command("rebuild_figures")


def test_an_upgrade_counts_once_who_learned_before_figures_were_kept(
    year: None, tenant_a: Any, tenant_b: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    """`prepare` calls this each time: only a tenant that lacks figures is counted anew."""
    assert ("rebuild_figures", {"missing": True}) in settings.PREPARE_STEPS
    with in_tenant(tenant_a):
        for table in rebuild.TABLES:
            table.objects.all().delete()
        Enrolment.objects.update(agency_id=None)
        assert rebuild.lacks_figures()
    call_command("rebuild_figures", missing=True)
    assert capsys.readouterr().out == "Figures: kanreg10 counted.\n"
    with in_tenant(tenant_a):
        assert rebuild.check() == []
        assert not Enrolment.objects.filter(agency_id=None).exists()
        (total,) = kept.summed(kept.agency_months())
        assert (total["started"], total["completed"]) == (7, 5)
    call_command("rebuild_figures", missing=True)
    assert capsys.readouterr().out == ""


def test_months_follow_the_tenants_clock(
    make_account: Makes, begin: Makes, finish: Makes, tenant_a: Any
) -> None:
    """31 December 17.30 UTC is New Year in every Indonesian zone."""
    row = begin(make_account())
    finish(row, at=datetime.datetime(2026, 12, 31, 17, 30, tzinfo=datetime.UTC))
    with in_tenant(tenant_a):
        done = TopicMonth.objects.get(completed=1)
        assert done.month == datetime.date(2027, 1, 1)
        assert rebuild.check() == []
