"""A work table with tools on the wall: a man and a girl mend a bicycle and a lamp."""

from pictures.canvas import WIDTH, Canvas
from pictures.people import (
    REACHING,
    Look,
    Pose,
    person,
)
from pictures.props import view


def draw(c: Canvas) -> None:
    """Draw the scene, from the back to the front."""
    _background(c)
    _foreground(c)


def _background(c: Canvas) -> None:
    c.sky("#e9dcc4", "#e3d2b4")
    c.rect(120, 70, 900, 330, "#b98a5e", 12)
    for x in range(150, 1010, 46):
        for y in range(96, 390, 46):
            c.disc(x, y, 4, "#9c7048")
    _tools(c)
    view(c, 1130, 90, 360, 260)
    c.rect(0, 770, WIDTH, 130, "#8f7a63")
    c.line([(840, 0), (840, 110)], 6, "#4a4443")
    c.pie(840, 190, 90, 180, 360, "#3f8f76")
    c.oval(840, 192, 90, 12, "#fbe7a8")
    _bicycle(c, 330, 690)
    person(c, 620, 860, 520, Look(0, 4, "#4f6f8c", "#4a4f63"), Pose(REACHING, mirrored=True))
    c.rect(790, 600, 760, 38, "#8d5c34", 6)


def _foreground(c: Canvas) -> None:
    for x in (820, 1480):
        c.rect(x, 630, 34, 250, "#6d4b3a")
    person(
        c, 1390, 850, 430, Look(2, 3, "#e98aa6", "#4f7fc4", "curls"), Pose(REACHING, mirrored=True)
    )
    c.rect(770, 600, 790, 38, "#8d5c34", 6)
    c.line([(1120, 598), (1090, 480), (1190, 420)], 13, "#e0574f")
    c.oval(1122, 600, 60, 14, "#b8423a")
    c.poly([(1170, 384), (1250, 440), (1216, 480), (1150, 430)], "#e0574f")
    c.disc(1222, 462, 22, "#fbe7a8")
    c.rect(880, 520, 130, 82, "#f2b84b", 10)
    c.disc(920, 562, 24, "#4a4443")
    for y in (540, 556, 572):
        c.line([(956, y), (994, y)], 5, "#4a4443")
    c.line([(990, 520), (1030, 440)], 5, "#4a4443")


def _tools(c: Canvas) -> None:
    c.rect(190, 130, 22, 190, "#8d5c34", 8)
    c.rect(160, 120, 84, 44, "#5d6772", 8)
    c.line([(330, 130), (330, 300)], 22, "#8b9098")
    c.ring(330, 126, 34, 16, "#8b9098")
    c.ring(330, 310, 30, 15, "#8b9098")
    c.poly([(420, 130), (640, 200), (636, 236), (420, 190)], "#c9ced6")
    c.rect(390, 120, 60, 90, "#e0574f", 16)
    for x, color in ((700, "#e0574f"), (750, "#f2b84b"), (800, "#4f7fc4")):
        c.rect(x - 13, 120, 26, 86, color, 10)
        c.line([(x, 206), (x, 310)], 9, "#8b9098")
    c.ring(920, 200, 62, 14, "#3f8f76")
    c.ring(920, 200, 36, 9, "#3f8f76")
    for x in (470, 530, 590):
        c.rect(x, 290, 46, 56, "#4f7fc4" if x == 530 else "#6aa35a", 6)


def _bicycle(c: Canvas, x: float, y: float) -> None:
    c.rect(x - 14, y - 70, 28, 230, "#5b5048", 6)
    c.rect(x - 90, y + 146, 180, 20, "#5b5048", 8)
    back, front = (x - 170, y), (x + 170, y)
    for wheel in (back, front):
        c.ring(*wheel, 122, 13, "#3a3437")
        c.ring(*wheel, 108, 5, "#c9ced6")
        for dx, dy in ((0, 1), (1, 0), (0.7, 0.7), (0.7, -0.7)):
            c.line(
                [
                    (wheel[0] - 106 * dx, wheel[1] - 106 * dy),
                    (wheel[0] + 106 * dx, wheel[1] + 106 * dy),
                ],
                2,
                "#b9b4ad",
            )
    seat, pedal, head = (x - 80, y - 190), (x - 30, y), (x + 110, y - 200)
    for a, b in ((back, pedal), (back, seat), (pedal, seat), (pedal, head), (seat, head)):
        c.line([a, b], 15, "#2f86a6")
    c.line([head, front], 15, "#2f86a6")
    c.line([head, (x + 90, y - 250), (x + 150, y - 262)], 13, "#3a3437")
    c.line([seat, (x - 90, y - 224)], 11, "#3a3437")
    c.rect(x - 140, y - 240, 100, 24, "#6d4b3a", 12)
    c.disc(*pedal, 26, "#8b9098")
