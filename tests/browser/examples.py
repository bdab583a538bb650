"""Things of the demonstration by which the browser tests find every page. Runs on the served Frontline's own data."""

import contextlib
import json
from datetime import timedelta

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse
from django.utils import timezone

from community.coalition.keys import wish_key
from community.coalition.models import Stage, Wish
from community.members.actions import ask_to_join, open_account
from community.members.keys import address_key, join_key
from community.members.models import Member
from community.moderation.actions import report
from community.moderation.models import ReviewItem
from community.moderation.ports import PORTS
from community.privacy.actions import ask_to_leave
from community.privacy.keys import stay_key
from community.topics.models import Theme
from forums.actions import DraftConflict, delete_post, hide_post, post_reply, save_draft
from forums.actions.exchanges import invite_cities, make_offer
from forums.choices import ForumKind, PostKind
from forums.models import Exchange, Forum, Offer, Post, Thread
from webinars.actions import (
    approve_requests,
    ask_questions,
    ask_to_register,
    confirm_proposal,
    confirm_registration,
    decline_proposal,
    decline_requests,
    propose,
    send_speaker_link,
    vote_on_proposal,
)
from webinars.choices import QuestionKind
from webinars.keys import confirm_key, confirm_proposal_key, own_key, proposal_key, speaker_door_key
from webinars.keys import join_key as join_key_of
from webinars.models import Opinion, ProposalKind, Registration, Session, Speaker, State
from webinars.questions import Question, questions_of


def show() -> None:
    """Print them as JSON: an address, or the key that an address is made of, for each name."""
    forums = threads() | heads() | exchanges() | posts() | reviews() | drafts()
    webinars = sessions() | registrations() | requests() | proposals() | speakers()
    print(json.dumps(forums | webinars | links_of_mails() | leaving() | wishes()))


def threads() -> dict[str, str]:
    discussions = Thread.objects.filter(forum__kind=ForumKind.DISCUSSION)
    by_name = {
        "discussion": discussions.order_by("-post_count"),
        "question": Thread.objects.filter(author__handle="ana", accepted__isnull=False),
        "locked": Thread.objects.filter(is_locked=True),
        "arabic": discussions.filter(language="ar"),
        "with hidden": [with_a_hidden_and_a_deleted_post()],
    }
    found = {name: threads[0] for name, threads in by_name.items()}
    last = found["discussion"].posts.order_by("pk")[5]
    numbers = {"discussion id": str(found["discussion"].pk), "discussion reply id": str(last.pk)}
    return numbers | {name: address_of(thread) for name, thread in found.items()}


def heads() -> dict[str, str]:
    polls = Thread.objects.exclude(poll=None)
    found = {
        "open poll": polls.filter(poll__closed_at=None)[0],
        "closed poll": polls.exclude(poll__closed_at=None)[0],
        "summarised": Thread.objects.filter(has_summary=True)[0],
    }
    edited = Post.objects.filter(edited_at__isnull=False).earliest("pk")
    version = edited.revisions.earliest("pk")
    anas = Thread.objects.filter(author__handle="ana", is_locked=False, poll=None)[0]
    numbers = {"edited id": str(edited.pk), "version id": str(version.pk), "anas id": str(anas.pk)}
    return numbers | {name: address_of(thread) for name, thread in found.items()}


def with_a_hidden_and_a_deleted_post() -> Thread:
    ana, dee = Member.objects.get(handle="ana"), Member.objects.get(handle="dee")
    thread = Thread.objects.filter(forum__slug="waste").select_related("forum")[0]
    for number, leave in enumerate((hide_post, delete_post)):
        post = post_reply(thread, author=ana, body="Said twice.", language="en", token=f"example-{number}")
        post = Post.objects.select_related("thread__forum", "answer").get(pk=post.pk)
        leave(post, **({"by": dee, "reason": "Said twice."} if leave is hide_post else {"by": ana}))
    return thread


def posts() -> dict[str, str]:
    standing = Post.objects.filter(hidden_at=None, deleted_at=None, thread__is_locked=False, thread__exchange=None)
    anas = standing.filter(author__handle="ana")
    opening, reply = (anas.filter(kind=kind)[0] for kind in (PostKind.OPENING, PostKind.REPLY))
    answer = Post.objects.filter(kind=PostKind.ANSWER, thread__author__handle="ana")[0]
    return {"opening id": str(opening.pk), "reply id": str(reply.pk), "answer id": str(answer.pk)}


def reviews() -> dict[str, str]:
    """Made after the posts: Ana's hidden one is among what she may ask about."""
    hidden = Post.objects.filter(author__handle="ana", hidden_at__isnull=False)[0]
    item = ReviewItem.objects.filter(reports__isnull=False).order_by("pk")[0]
    post, ana = Post.objects.get(pk=item.target_id), Member.objects.get(handle="ana")
    made = report(post, kind=PORTS.moderated["post"], by=ana, reason="other", note="¿Tiene fuente?")
    other = Post.objects.filter(kind=PostKind.REPLY).exclude(author__handle="ana")[0]
    return {
        "item id": str(item.pk),
        "report id": str(made.pk),
        "hidden id": str(hidden.pk),
        "reportable id": str(other.pk),
    }


def drafts() -> dict[str, str]:
    """One that ana has written on in two places."""
    ana, place = Member.objects.get(handle="ana"), f"forum:{Forum.objects.get(slug='waste').pk}"
    draft = save_draft(ana, place=place, fields={"body": "We did this by boat."}, version=0)
    with contextlib.suppress(DraftConflict):
        save_draft(ana, place=place, fields={"body": "We did this on foot."}, version=7)
    return {"draft of two id": str(draft.pk)}


def sessions() -> dict[str, str]:
    now = timezone.now()
    coming = Session.objects.filter(is_invented=True, starts_at__gt=now).order_by("starts_at")[0]
    later = Session.objects.filter(is_invented=True, starts_at__gt=now).order_by("-starts_at")[0]
    past = Session.objects.filter(starts_at__lt=now).order_by("starts_at")[0]
    both = {"coming session": coming, "past session": past}
    addresses = {name: reverse("webinars:session", args=[each.series.slug, each.slug]) for name, each in both.items()}
    for name in ("Imani Odhiambo", "سلمى"):  # registered while one could, and one of them came
        Registration.objects.create(session=past, name=name, state=State.REGISTERED, has_come=name == "سلمى")
    return addresses | {"coming id": str(coming.pk), "later id": str(later.pk), "past id": str(past.pk)}


def registrations() -> dict[str, str]:
    """Of a guest, and of one whose address is not confirmed."""
    session = Session.objects.filter(is_invented=True, starts_at__gt=timezone.now()).order_by("starts_at")[0]
    told = {"name": "Imani Odhiambo", "city_name": "Kisumu", "language": "en", "timezone_name": "Africa/Nairobi"}
    asked, other = (ask_to_register(session, email=f"{who}@city.example", **told) for who in ("imani", "asha"))
    confirm_registration(other.pk)
    return {
        "registration to confirm": confirm_key(asked.pk),
        "registration key": own_key(other.pk, other.link_number),
        "room key": join_key_of(other.pk, other.link_number),
    }


def requests() -> dict[str, str]:
    """To a session that asks questions and whose organisers decide who comes: one is open, one was declined."""
    bo = Member.objects.get(handle="bo")
    sessions = Session.objects.filter(
        is_invented=True, starts_at__gt=timezone.now(), takes_registrations=True
    ).order_by("starts_at")
    session = sessions[1]
    until = session.starts_at - timedelta(days=1)
    Session.objects.filter(pk=session.pk).update(asks_approval=True, registration_until=until)
    food = {"en": ("What do you eat?", ["Anything", "No meat"]), "ar": ("ماذا تأكل؟", ["كل شيء", "بلا لحم"])}
    asked = ask_questions(
        session.pk,
        [
            Question("", QuestionKind.LINE, {"en": "What is your role in your city?", "ar": "ما دورك في مدينتك؟"}),
            Question("", QuestionKind.PROSE, {"en": "What would you like to hear about?"}),
            Question(
                "",
                QuestionKind.CHOICE,
                {code: text for code, (text, _) in food.items()},
                {code: options for code, (_, options) in food.items()},
                is_required=True,
            ),
        ],
        version=session.version,
        by=bo,
    )
    answers = dict(zip([each.id for each in questions_of(asked)], ("Engineer", "Drains.\nAnd sand.", "1"), strict=True))
    told = {"name": "سلمى حداد", "city_name": "Sfax", "language": "ar", "timezone_name": "Africa/Tunis"}
    emails = [f"{who}@city.example" for who in ("salma", "lina", "nour")]
    one, other, third = (ask_to_register(asked, email=email, answers=answers, **told).pk for email in emails)
    for each in (one, other, third):
        confirm_registration(each)
    decline_requests(session.pk, chosen=[other], by=bo)
    approve_requests(session.pk, chosen=[third], by=bo)
    page = reverse("webinars:session", args=[session.series.slug, session.slug])
    return {"asking session": page, "asking id": str(session.pk), "request key": own_key(one, 1)}


def proposals() -> dict[str, str]:
    """A guest's, one whose address is not confirmed, a declined one, and one of Ana's."""
    bo, ana = (Member.objects.get(handle=handle) for handle in ("bo", "ana"))
    told = {
        "kind": ProposalKind.OTHER,
        "title": "Sombra en las paradas",
        "abstract": "Qué plantamos.\n\nQué murió.",
        "language": "es",
        "themes": Theme.objects.all()[:2],
        "speaker_name": "Sol Mamani",
        "speaker_role": "Jardinera",
        "speaker_place": "Puno",
        "speaker_email": "sol@city.example",
        "link": "https://puno.example/sombra",
        "needs": "Interpretación al inglés",
    }
    guest = {"name": "Imani Odhiambo", "email": "imani@city.example", "mail_language": "en"}
    waits, asked, gone = (propose(member=None, **told, **guest) for _ in range(3))
    propose(member=ana, **told)
    confirm_proposal(waits.pk)
    confirm_proposal(gone.pk)
    vote_on_proposal(waits.pk, by=bo, opinion=Opinion.YES, note="Heard her in Lima.")
    decline_proposal(gone.pk, reason="Twice this year already.", by=bo)
    return {
        "proposal id": str(waits.pk),
        "declined proposal id": str(gone.pk),
        "proposal key": proposal_key(gone.pk),
        "proposal to confirm": confirm_proposal_key(asked.pk),
    }


def speakers() -> dict[str, str]:
    """One with a link of her own."""
    bo = Member.objects.get(handle="bo")
    speaker = Speaker.objects.filter(session__is_invented=True, session__starts_at__gt=timezone.now()).earliest("pk")
    token = send_speaker_link(speaker, email="sol@city.example", language="en", by=bo)
    speaker.refresh_from_db()
    door = speaker_door_key(speaker.pk, speaker.link_hash)
    return {"speaker id": str(speaker.pk), "speaker token": token, "speaker door": door}


def exchanges() -> dict[str, str]:
    """One that Ana's city asked for and that has responses, one to which it is invited, a published one, an offer.

    The demonstration's: a story told earlier on the same server may have brought another of the same city.
    """
    by_name = {
        "own": Exchange.objects.filter(city__slug="quito").earliest("pk"),
        "other": Exchange.objects.filter(city__slug="dakar").earliest("pk"),
        "settled": Exchange.objects.filter(city__slug="belfast").earliest("pk"),
        "published": Exchange.objects.filter(city__slug="semarang").earliest("pk"),
    }
    other = by_name["other"]
    invite_cities(other, by=Member.objects.get(pk=other.asker_id), cities=[by_name["own"].city])
    ids = {f"{name} exchange id": str(each.pk) for name, each in by_name.items()}
    addresses = {
        f"{name} exchange": reverse("forums:exchange", args=[each.pk, each.slug]) for name, each in by_name.items()
    }
    offers = {"offer id": str(Offer.objects.filter(city__slug="amman").earliest("pk").pk)}
    return ids | addresses | offers | {"own offer id": own_offer_id()}


def own_offer_id() -> str:
    """Ana's city offers something too."""
    ana = Member.objects.get(handle="ana")
    made = make_offer(
        by=ana,
        title="We can show our map of dumping points",
        body="Made with recyclers.",
        theme=Theme.objects.all()[0],
        tags=["map"],
        languages=["es"],
        language="en",
        token="example-offer",
    )
    return str(made.pk)


def links_of_mails() -> dict[str, str]:
    wish = ask_to_join(email="imani@city.example", name="Imani", password="!", language="en", zone="UTC")
    ana = Member.objects.get(handle="ana")
    reset = f"{user_pk_to_url_str(ana)}-{default_token_generator.make_token(ana)}"
    address = EmailAddress.objects.create(user=ana, email="ana.paredes@city.example")
    return {"join key": join_key(wish.pk), "reset key": reset, "address key": address_key(address.pk)}


def leaving() -> dict[str, str]:
    noor = open_account(email="noor@city.example", name="Noor", password="!", language="en", zone="UTC")
    return {"stay key": stay_key(ask_to_leave(noor).pk)}


def wishes() -> dict[str, str]:
    waiting = Wish.objects.get(stage=Stage.WAITING)
    unconfirmed = Wish.objects.create(
        city_name="Tumaco", country="CO", region="latin-america", city_language="es", timezone="America/Bogota",
        contact_name="Imani", contact_position="Planner", email="imani@city.example", language="en",
    )  # fmt: skip
    return {"wish id": str(waiting.pk), "wish key": wish_key(unconfirmed.pk)}


def address_of(thread: Thread) -> str:
    return reverse("forums:thread", args=[thread.pk, thread.slug])
