"""The application for a WSGI server: ``voorjebuurt.wsgi:app``."""

import os

from voorjebuurt import settings
from voorjebuurt.app import create_app

app = create_app(settings.load(os.environ))
