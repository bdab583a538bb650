import time_machine

from community.limits import allow


def test_the_third_of_two_allowed_tries_is_refused_until_the_window_is_over():
    with time_machine.travel("2026-11-26T10:00:00Z", tick=False) as clock:
        tries = [allow("ana@cities.example", times=2, seconds=60) for _ in range(3)]
        clock.shift(61)
        later = allow("ana@cities.example", times=2, seconds=60)

    assert tries == [True, True, False]
    assert later


def test_limits_of_two_keys_do_not_meet():
    first = [allow("one key", times=1, seconds=60) for _ in range(2)]

    assert first == [True, False]
    assert allow("another \ud800 key", times=1, seconds=60)
