"""The blueprint of municipal officers."""

from flask import Blueprint

blueprint = Blueprint("officer", __name__, url_prefix="/gemeente")
