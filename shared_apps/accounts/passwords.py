"""What a password may not be."""

from django.contrib.auth.password_validation import UserAttributeSimilarityValidator
from django.utils.translation import gettext as _


class OwnDataValidator(UserAttributeSimilarityValidator):
    """Refuses a password like the person's name or e-mail; Django's would name our columns."""

    def get_error_message(self) -> str:
        """Return the sentence of the refusal."""
        return _("Kata sandi terlalu mirip dengan nama atau e-mail Anda.")
