"""People, and what libraries keep of them."""

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group as UnusedGroup
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.utils.translation import pgettext_lazy

from community.members.actions.forgetting import end_sessions, forget_in_admin_log, forget_organisation, sessions_of
from community.members.models import AccountRequest, City, FormerHandle, Group, Member, Organisation, SignedInPlace
from community.personal.ports import By, Delete, Holding, holds, holds_nothing

holds_nothing("Django's own lists of what there is.", ContentType, Permission)
holds_nothing("Django's groups, which this house does not use.", UnusedGroup, UnusedGroup.permissions.through)
holds_nothing("allauth's own confirmations, which this house does not use.", EmailConfirmation)
holds_nothing("Curated facts about cities.", City, City.priorities.through)
holds_nothing("Names of groups; who belongs to them is declared beside.", Group)
holds(
    Holding(
        Member,
        pgettext_lazy("archive of one's data", "Your account and profile"),
        hers=lambda person: Member.objects.filter(pk=person.id),
        erase=Delete(),
        also=("city__slug",),
        without=("password", "called"),  # her name again, for looking her up
    ),
    Holding(
        Organisation,
        pgettext_lazy("archive of one's data", "Your organisation"),
        hers=lambda person: Organisation.objects.filter(members=person.id),
        erase=By(
            forget_organisation,
            "One that only she named goes; others stay, for they are no person.",
            stays=dict.fromkeys(("slug", "name", "website"), "Of a body that others belong to or that is known."),
        ),
    ),
    Holding(
        FormerHandle,
        pgettext_lazy("archive of one's data", "Handles that you had before"),
        hers=lambda person: FormerHandle.objects.filter(member_id=person.id),
        erase=Delete(),
    ),
    Holding(
        Member.themes.through,
        pgettext_lazy("archive of one's data", "Themes of your profile"),
        hers=lambda person: Member.themes.through.objects.filter(member_id=person.id),
        erase=Delete(),
        also=("theme__slug",),
    ),
    Holding(
        Group.people.through,
        pgettext_lazy("archive of one's data", "Your groups"),
        hers=lambda person: Group.people.through.objects.filter(member_id=person.id),
        erase=Delete(),
        also=("group__name",),
    ),
    Holding(
        AccountRequest,
        pgettext_lazy("archive of one's data", "What you asked for while you were not signed in"),
        hers=lambda person: AccountRequest.objects.filter(email__in=person.emails),
        erase=Delete(),
        without=("password", "provider_uid"),
    ),
    Holding(
        EmailAddress,
        pgettext_lazy("archive of one's data", "Your e-mail addresses"),
        hers=lambda person: EmailAddress.objects.filter(user_id=person.id),
        erase=Delete(),
    ),
    Holding(
        Session,
        pgettext_lazy("archive of one's data", "Where you are signed in"),
        hers=lambda person: sessions_of(person.id),
        erase=By(end_sessions, "Every session of hers ends."),
        without=("session_key", "session_data"),
    ),
    Holding(
        LogEntry,
        pgettext_lazy("archive of one's data", "What you did behind the scenes"),
        hers=lambda person: LogEntry.objects.filter(user_id=person.id),
        erase=Delete(),
        without=("object_repr",),  # what others are called
        besides=forget_in_admin_log,
    ),
    Holding(
        SignedInPlace,
        pgettext_lazy("archive of one's data", "Browsers in which you are signed in"),
        hers=lambda person: SignedInPlace.objects.filter(member_id=person.id),
        erase=By(end_sessions, "They go with the sessions that they are known by."),
        without=("session_key",),
    ),
    Holding(
        Authenticator,
        pgettext_lazy("archive of one's data", "Your passkeys, app and recovery codes"),
        hers=lambda person: Authenticator.objects.filter(user_id=person.id),
        erase=Delete(),
        without=("data",),
    ),
    Holding(
        SocialAccount,
        pgettext_lazy("archive of one's data", "Your accounts with other providers"),
        hers=lambda person: SocialAccount.objects.filter(user_id=person.id),
        erase=Delete(),
        without=("uid",),
    ),
)
holds_nothing("Providers, which come from the environment.", SocialApp)
holds_nothing("Tokens of providers, which this house does not keep.", SocialToken)
