"""A poll as it is typed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from community.polls.forms import PollForm

TYPED = {"poll-question": "Which footbridge first?", "poll-options": "North\nMarket"}


def errors_of(**fields: str) -> set[str]:
    return set(PollForm({**TYPED, **{f"poll-{name}": text for name, text in fields.items()}}).errors)


def test_an_empty_form_is_no_poll_and_no_error() -> None:
    form = PollForm({})

    assert form.is_valid()
    assert form.plan is None


def test_each_line_is_an_option_and_blank_ones_are_none() -> None:
    form = PollForm({**TYPED, "poll-options": "  North \r\n\r\nسوق\n"})

    assert form.is_valid() and form.plan
    assert form.plan.options == ("North", "سوق")


@pytest.mark.parametrize(
    "options",
    ["One", "\n".join(map(str, range(11))), "North\nNORTH", f"North\n{'x' * 121}", "North\n\u2067turned"],
)
def test_too_few_too_many_doubled_long_and_unfit_options_are_refused(options: str) -> None:
    assert errors_of(options=options) == {"options"}


@pytest.mark.parametrize(("left_out", "beside"), [("question", "question"), ("options", "options")])
def test_half_a_poll_says_what_is_missing(left_out: str, beside: str) -> None:
    assert errors_of(**{left_out: ""}) == {beside}


def test_the_time_is_the_writers_own_and_has_to_come_yet() -> None:
    tomorrow = (timezone.now() + timedelta(days=1)).replace(second=0, microsecond=0)

    with timezone.override("America/Guayaquil"):
        form = PollForm({**TYPED, "poll-closes_at": timezone.localtime(tomorrow).strftime("%Y-%m-%dT%H:%M")})
        is_valid, hint = form.is_valid(), str(form.fields["closes_at"].help_text)

    assert is_valid and form.plan
    assert form.plan.closes_at == tomorrow
    assert "In your time zone, Guayaquil." in hint
    assert errors_of(closes_at="2020-01-01T10:00") == {"closes_at"}
    assert errors_of(closes_at=(tomorrow + timedelta(days=400)).strftime("%Y-%m-%dT%H:%M")) == {"closes_at"}
