"""What a session asks those who register, and what they answer. Kept as JSON with the session and the registration."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import pgettext, pgettext_lazy

from community.members.rulings import YES as ALLOWED
from community.members.rulings import Ruling, no
from i18n.texts import Said
from webinars.choices import QuestionKind
from webinars.models import Session
from webinars.plans import Texts
from webinars.words import text_in

MOST, OPTIONS = 5, 8
QUESTION_LENGTH, OPTION_LENGTH = 200, 100  # characters
LINE_LENGTH, PROSE_LENGTH = 200, 1_000  # of an answer
YES, NO = "yes", "no"

Answers = Mapping[str, str]  # a question's id → what was typed, YES or NO, or the number of the option; none is empty
NO_ANSWERS: Answers = {}


@dataclass(frozen=True)
class Question:
    """Params: id, its own for life, "" until it has one; texts and options by language, as many in each."""

    id: str
    kind: QuestionKind
    texts: Texts
    options: Mapping[str, Sequence[str]] = field(default_factory=dict)
    is_required: bool = False

    @property
    def option_count(self) -> int:
        return max((len(each) for each in self.options.values()), default=0)

    def wording(self, session: Session, language: str) -> Said:
        return text_in(self.texts, language, session)

    def options_in(self, session: Session, language: str) -> Sequence[str]:
        """In the language of its wording."""
        return self.options.get(self.wording(session, language).language, ())

    def choices(self, session: Session, language: str) -> list[tuple[str, str]]:
        """Values and words; none where the answer is typed."""
        if self.kind == QuestionKind.YES_NO:
            yes = pgettext("answer to a question at registration", "Yes")
            return [(YES, yes), (NO, pgettext("answer to a question at registration", "No"))]
        return [(str(number), words) for number, words in enumerate(self.options_in(session, language))]

    def in_words(self, answer: str, session: Session, language: str) -> str:
        """Empty for an option that there is no more."""
        if self.kind in (QuestionKind.LINE, QuestionKind.PROSE):
            return answer
        return dict(self.choices(session, language)).get(answer, "")


def questions_of(session: Session) -> list[Question]:
    return [Question(**{**each, "kind": QuestionKind(each["kind"])}) for each in session.questions]


def as_json(questions: Iterable[Question]) -> list[dict[str, Any]]:
    return [asdict(each) | {"kind": each.kind.value} for each in questions]


def answers_to(session: Session, answers: Answers) -> dict[str, str]:
    """Those to its questions, and no others."""
    return {each.id: answers[each.id] for each in questions_of(session) if answers.get(each.id)}


def has_answered(session: Session, answers: Answers) -> Ruling:
    """All that must be answered."""
    if any(each.is_required and not answers.get(each.id) for each in questions_of(session)):
        return no(pgettext_lazy("why not", "This session asks something first: answer its questions."))
    return ALLOWED


def in_words(session: Session, answers: Answers, language: str) -> list[tuple[Said, str]]:
    """Each of its questions, and what was answered: empty where nothing was."""
    return [
        (each.wording(session, language), each.in_words(answers.get(each.id, ""), session, language))
        for each in questions_of(session)
    ]
