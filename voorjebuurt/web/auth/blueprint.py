"""The blueprint of signing in and one's own account."""

from flask import Blueprint

blueprint = Blueprint("auth", __name__)
