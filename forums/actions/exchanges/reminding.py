from community.facts.actions import action
from forums.actions.exchanges.rows import expect_answer
from forums.models import Exchange


@action
def expect_answer_in(thread_id: int) -> None:
    """Somebody has written in the conversation: the others are awaited from now on. Records: ExchangeStandsStill."""
    for exchange in Exchange.objects.filter(thread=thread_id, withdrawn_at=None):
        expect_answer(exchange)
