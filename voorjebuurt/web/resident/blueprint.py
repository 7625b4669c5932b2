"""The blueprint of residents with a campaign."""

from flask import Blueprint

blueprint = Blueprint("resident", __name__, url_prefix="/mijn")
