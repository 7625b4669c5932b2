"""The blueprint of the platform's staff."""

from flask import Blueprint

blueprint = Blueprint("staff", __name__, url_prefix="/beheer")
