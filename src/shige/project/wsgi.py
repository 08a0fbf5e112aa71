"""The program as a WSGI application."""

import os

from django.core.wsgi import get_wsgi_application

from shige.machine.processes.leash import die_with_parent

die_with_parent()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shige.project.settings")
application = get_wsgi_application()
