from allauth.account.views import account_inactive, logout
from django.urls import include, path, re_path

from community.members.views import (
    addresses,
    colleagues,
    joining,
    passwords,
    people,
    profile,
    protecting,
    providers,
    proving,
    signing_in,
)

# allauth finds these by their names. What of its pages is not here is not reachable.
account = [
    path("login/", signing_in.sign_in, name="account_login"),
    path("login/second-step/", proving.second_step, name="mfa_authenticate"),
    path("login/passkey/", signing_in.sign_in_by_passkey, name="account_passkey"),
    path("login/passkey/options/", signing_in.passkey_options, name="account_passkey_options"),
    path("oidc/", providers.start, name="account_provider"),
    path("oidc/back/", providers.back, name="openid_connect_callback"),
    path("prove/", proving.prove, name="account_reauthenticate"),
    path("logout/", logout, name="account_logout"),
    path("inactive/", account_inactive, name="account_inactive"),
    path("signup/", joining.join, name="account_signup"),
    path("signup/sent/", joining.look_into_your_mail, name="account_email_verification_sent"),
    path("confirm-email/<str:key>/", joining.confirm_to_join, name="account_join"),
    path("email/", addresses.change, name="account_email"),
    path("email/confirm/<str:key>/", addresses.confirm, name="account_confirm_email"),
    path("password/change/", passwords.change, name="account_change_password"),
    path("password/reset/", passwords.forgotten, name="account_reset_password"),
    path(
        "password/reset/done/",
        passwords.mail_sent,
        name="account_reset_password_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        passwords.choose_new_password,
        name="account_reset_password_from_key",
    ),
]
members = [
    path("account/profile/", profile.profile, name="profile"),
    path("account/profile/seen/<str:by>/", profile.seen, name="profile-seen"),
    path("account/security/", protecting.security, name="security"),
    path("account/security/app/", protecting.app, name="app"),
    path("account/security/app/remove/", protecting.take_app_away, name="app-remove"),
    path("account/security/passkeys/new/", protecting.new_passkey, name="passkey-new"),
    path("account/security/passkeys/<id:passkey_id>/", protecting.passkey, name="passkey"),
    path("account/security/codes/", protecting.new_codes, name="recovery-codes"),
    path("account/security/codes/download/", protecting.download_codes, name="recovery-codes-download"),
    path("account/security/provider/remove/", protecting.leave_provider, name="provider-remove"),
    path("account/security/places/", protecting.sign_out_places, name="places"),
    path("cities/<slug:slug>/colleagues/", colleagues.colleagues, name="colleagues"),
    path("members/<slug:handle>/", people.member, name="member"),
]
urlpatterns = [path("account/", include(account))]
