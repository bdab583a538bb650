"""What we write to somebody about what she proposed, in her language."""

from collections.abc import Callable

from django.utils import translation
from django.utils.translation import pgettext

from community.mail.actions import write_mail
from community.mail.links import absolute
from webinars.keys import confirm_proposal_key, proposal_key
from webinars.letters import Words
from webinars.models import Proposal

Letter = Callable[[Proposal, str], Words]  # proposal and language → words


def write_to(proposal: Proposal, letter: Letter) -> None:
    """Inside an action. Needs `member`. Nothing for a suspended member."""
    member = proposal.member
    if member is not None and not member.is_active:
        return
    language = member.language if member else proposal.mail_language
    with translation.override(language):
        words = letter(proposal, language)
        context = {
            "name": member.name if member else proposal.name,
            "subject": words.subject % {"title": proposal.title},
            "text": words.text,
            "title": proposal.title,
            "spoken": proposal.language,
            "button": words.button or pgettext("mail about a proposal: button", "See how it stands"),
            "link": words.link or state_page(proposal, language),
            "reason": proposal.decline_reason,
            "last": words.last,
        }
    write_mail(to=member.email if member else proposal.email, language=language, kind="proposal", context=context)


def state_page(proposal: Proposal, language: str) -> str:
    """The whole address of the page where whoever proposed reads how it stands."""
    if proposal.member_id is not None:
        return absolute("sessions:index", language=language) + "#proposals"
    return absolute("webinars:proposal", proposal_key(proposal.pk), language=language)


def confirm_address(proposal: Proposal, language: str) -> Words:
    return Words(
        subject=pgettext("mail about a proposal: subject", "Confirm your proposal: %(title)s"),
        text=pgettext(
            "mail about a proposal",
            "Somebody proposed this for our schedule under this address. If it was you, confirm it: only then do "
            "organisers read it.",
        ),
        button=pgettext("mail about a proposal: button", "Confirm"),
        link=absolute("webinars:proposal-confirm", confirm_proposal_key(proposal.pk), language=language),
        last=pgettext("mail about a session", "If you did not ask for this, do nothing: we forget it in three days."),
    )


def received(proposal: Proposal, language: str) -> Words:
    return Words(
        subject=pgettext("mail about a proposal: subject", "We have your proposal: %(title)s"),
        text=pgettext(
            "mail about a proposal", "Thank you. Organisers read it now, and we write to you once they have decided."
        ),
        last=pgettext("mail about a proposal", "Keep this mail: its link shows how your proposal stands."),
    )


def accepted(proposal: Proposal, language: str) -> Words:
    return Words(
        subject=pgettext("mail about a proposal: subject", "Accepted: %(title)s"),
        text=pgettext(
            "mail about a proposal",
            "We would like to have it on our schedule. Organisers prepare the session now and agree on the time with "
            "you.",
        ),
    )


def declined(proposal: Proposal, language: str) -> Words:
    return Words(
        subject=pgettext("mail about a proposal: subject", "About your proposal: %(title)s"),
        text=pgettext("mail about a proposal", "We cannot take it into our schedule at present. The reason:"),
        last=pgettext("mail about a proposal", "You may propose again whenever this has changed."),
    )
