"""The blueprint of coaches."""

from flask import Blueprint

blueprint = Blueprint("coach", __name__, url_prefix="/coach")
