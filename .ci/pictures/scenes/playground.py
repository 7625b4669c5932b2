"""A square with a slide, a water pump, a long bench and young trees."""

from pictures.canvas import WIDTH, Canvas
from pictures.people import (
    ARMS_UP,
    REACHING,
    RUNNING,
    SITTING,
    WAVING,
    Look,
    Pose,
    person,
)
from pictures.props import (
    BRICKS,
    ROOFS,
    bench,
    cloud,
    grass,
    house,
    sun,
    tree,
)


def draw(c: Canvas) -> None:
    """Draw the scene."""
    c.sky("#bfe0ea", "#f3efd9", 620)
    sun(c, 1330, 150, 74)
    cloud(c, 330, 170, 120)
    cloud(c, 1010, 120, 80)
    for place, x in enumerate(range(-60, WIDTH, 235)):
        house(c, x, 520, 200, 190 + 40 * (place % 3), BRICKS[place % 6], ROOFS[place % 3])
    c.land([520, 506, 522, 508, 520], "#8fbb6c")
    c.land([610, 590, 640, 600, 620], "#a9cb7d")
    c.blob([(480, 690), (820, 640), (1180, 690), (1120, 850), (700, 880), (430, 810)], "#ecd8a4")
    for x, tall in ((90, 300), (330, 230), (1290, 270), (1510, 320)):
        tree(c, x, 640, tall)
    _slide(c)
    _pump(c)
    bench(c, 30, 800, 330)
    look = Look(4, 4, "#6b8fb5", style="bun")
    person(c, 100, 830, 210, look, Pose(legs=SITTING))
    person(c, 250, 830, 215, Look(2, 3, "#c8553d", style="short"), Pose(legs=SITTING))
    person(c, 1010, 850, 160, Look(1, 1, "#f2b84b", "#4f7fc4"), Pose(ARMS_UP, RUNNING))
    person(
        c, 1410, 850, 175, Look(3, 3, "#e98aa6", "#5d4a7a", "curls"), Pose(REACHING, mirrored=True)
    )
    grass(c, 0, WIDTH, 888, 60, "#6f9e55")


def _slide(c: Canvas) -> None:
    for x in (560, 690):
        c.rect(x, 380, 16, 370, "#7a5540")
    c.poly([(535, 380), (625, 290), (730, 380)], "#3f8f86")
    c.rect(552, 540, 170, 16, "#7a5540")
    for step in range(5):
        c.line([(520 - step * 6, 580 + step * 40), (575, 580 + step * 40)], 9, "#8d6a4e")
    c.line([(548, 550), (505, 760)], 12, "#7a5540")
    slide = [(700, 545), (790, 590), (860, 690), (930, 752), (1010, 760)]
    c.bow(slide, 52, "#b8423a")
    c.bow([(x, y - 12) for x, y in slide], 34, "#dc5f4e")
    child = Look(0, 2, "#4f7fc4", "#344255", "long")
    person(c, 640, 544, 150, child, Pose(WAVING))


def _pump(c: Canvas) -> None:
    c.blob(
        [(1180, 830), (1260, 800), (1370, 812), (1390, 850), (1290, 872), (1190, 862)], "#8cc3dd"
    )
    c.rect(1240, 620, 36, 200, "#3f6f8c", 12)
    c.line([(1258, 640), (1190, 600)], 14, "#2f5670")
    c.line([(1268, 680), (1316, 684), (1318, 712)], 18, "#3f6f8c")
    c.bow([(1318, 716), (1322, 770), (1316, 822)], 10, "#d8f0f7")
