"""Django settings, one module per topic."""

from config.settings.accounts import *  # noqa: F403
from config.settings.apps import *  # noqa: F403
from config.settings.database import *  # noqa: F403
from config.settings.pages import *  # noqa: F403
from config.settings.security import *  # noqa: F403
from config.settings.services import *  # noqa: F403
