"""The blueprint of what other machines tell us."""

from flask import Blueprint

blueprint = Blueprint("hooks", __name__, url_prefix="/hooks")
