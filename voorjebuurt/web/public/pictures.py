"""Serving uploaded pictures. Their names are made of their content: they never change."""

from flask import abort, make_response
from flask.typing import ResponseReturnValue

from voorjebuurt.campaigns.pictures import FORMATS
from voorjebuurt.web.kit.database import the_storage
from voorjebuurt.web.public.blueprint import blueprint


@blueprint.get("/beelden/<name>")
def send_picture(name: str) -> ResponseReturnValue:
    """One file of a picture, to be kept for ever by who asks."""
    media_type = FORMATS.get(name.rpartition(".")[2]) or abort(404)
    data = the_storage().get(name) or abort(404)
    response = make_response(data)
    response.headers["Content-Type"] = media_type
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
