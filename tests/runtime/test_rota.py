"""The rota: one piece of work of each person at a time, in turn."""

from runtime.rota import Rota


def test_who_has_much_to_do_delays_nobody() -> None:
    """Protects others from a person with many lists."""
    rota = Rota()
    due = {"a1": 1, "a2": 1, "a3": 1, "b1": 2}

    assert rota.choose(due, [], 4) == {"a1", "b1"}
    assert rota.waiting == ["a2", "a3"]
    assert rota.choose({"a2": 1, "a3": 1, "b2": 2}, ["a1"], 3) == {"b2"}


def test_who_waited_longest_is_next() -> None:
    """Protects the order of people, where only one job runs."""
    rota = Rota()

    assert rota.choose({"a1": 1, "a2": 1, "b1": 2, "c1": 3}, [], 1) == {"a1"}
    assert rota.choose({"a2": 1, "b1": 2, "c1": 3}, [], 1) == {"b1"}
    assert rota.choose({"a2": 1, "c1": 3, "b2": 2}, [], 1) == {"c1"}
    assert rota.choose({"a2": 1, "b2": 2}, [], 1) == {"a2"}


def test_work_that_was_chosen_and_not_begun_is_chosen_again() -> None:
    """Another replica may hold its chat."""
    rota = Rota()

    assert rota.choose({"a1": 1}, [], 1) == {"a1"}
    assert rota.choose({"a1": 1}, [], 1) == {"a1"}
