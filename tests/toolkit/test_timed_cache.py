"""The cache forgets by time and by size, and keeps an answer of None."""

import threading

import pytest

from toolkit import timed_cache
from toolkit.timed_cache import TimedCache


def test_loads_once_until_the_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(timed_cache.time, "monotonic", lambda: now[0])
    asked: list[str] = []
    cache: TimedCache[str, None] = TimedCache(seconds=15, size=2)

    def load(key: str) -> None:
        asked.append(key)

    cache.get("a", load)
    now[0] += 14.9
    assert cache.get("a", load) is None
    assert asked == ["a"], "an answer of None is kept too"
    now[0] += 0.2
    cache.get("a", load)
    assert asked == ["a", "a"]
    cache.clear()
    cache.get("a", load)
    assert len(asked) == 3


def test_size_is_bounded() -> None:
    cache: TimedCache[int, int] = TimedCache(seconds=60, size=10)
    for number in range(1000):
        assert cache.get(number, lambda key: key * 2) == number * 2
        assert len(cache._entries) <= 10


def test_a_failed_load_is_not_kept() -> None:
    cache: TimedCache[str, int] = TimedCache(seconds=60, size=10)

    def fail(key: str) -> int:
        raise LookupError(key)

    with pytest.raises(LookupError):
        cache.get("a", fail)
    assert cache.get("a", len) == 1


def test_threads_get_their_own_key() -> None:
    cache: TimedCache[int, int] = TimedCache(seconds=60, size=5)
    wrong: list[int] = []

    def work() -> None:
        for number in range(500):
            if cache.get(number % 20, lambda key: key) != number % 20:
                wrong.append(number)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
