"""What Django's own forms and password rules say on our pages, so that our catalogs say it too, and win.

Django's `pt` is European ("introduza", "palavra-passe") where ours is Brazilian; it addresses a reader in another
manner than the house does; and some of these it leaves in English. Only what a member can come to read stands here,
word for word as Django has it, and without a context, for Django asks without one. Nothing imports this module:
`manage.py messages` reads it.
"""

from django.utils.translation import gettext_noop, ngettext_lazy

ON_FORMS = (
    gettext_noop("This field is required."),
    gettext_noop("Select a valid choice. %(value)s is not one of the available choices."),
    gettext_noop("Select a valid choice. That choice is not one of the available choices."),
    ngettext_lazy(
        "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
        "limit_value",
    ),
)

ON_NEW_PASSWORDS = (
    ngettext_lazy(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
        "min_length",
    ),
    gettext_noop("The password is too similar to the %(verbose_name)s."),
    gettext_noop("This password is too common."),
)
