"""The scenes, a module each; a campaign's file names the one that belongs to it."""

from collections.abc import Callable

from pictures.canvas import Canvas
from pictures.scenes import (
    boules,
    bus,
    cage,
    dogs,
    facades,
    kitchen,
    library,
    meadow,
    mural,
    playground,
    pool,
    repair,
    sails,
    skate,
    solar,
    stage,
    table,
    vegetables,
    walk,
)

SCENES: dict[str, Callable[[Canvas], None]] = {
    "boules": boules.draw,
    "bus": bus.draw,
    "cage": cage.draw,
    "dogs": dogs.draw,
    "facades": facades.draw,
    "kitchen": kitchen.draw,
    "library": library.draw,
    "meadow": meadow.draw,
    "mural": mural.draw,
    "playground": playground.draw,
    "pool": pool.draw,
    "repair": repair.draw,
    "sails": sails.draw,
    "skate": skate.draw,
    "solar": solar.draw,
    "stage": stage.draw,
    "table": table.draw,
    "vegetables": vegetables.draw,
    "walk": walk.draw,
}
