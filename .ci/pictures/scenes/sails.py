"""Three sails give shade to a sandpit."""

from pictures.canvas import HEIGHT, WIDTH, Canvas
from pictures.people import (
    ARMS_UP,
    REACHING,
    WAVING,
    Look,
    Pose,
    person,
)
from pictures.props import (
    ROOFS,
    house,
    sun,
)


def draw(c: Canvas) -> None:
    """Draw the scene, from the back to the front."""
    _background(c)
    _foreground(c)


def _background(c: Canvas) -> None:
    c.sky("#8fcbe6", "#e6f2e4", 560)
    sun(c, 190, 140, 84)
    for place, x in enumerate(range(-30, WIDTH, 270)):
        house(
            c,
            x,
            530,
            230,
            160 + 30 * (place % 2),
            ("#e9d8c0", "#d9b99a", "#c98a5e")[place % 3],
            ROOFS[place % 3],
        )
    c.rect(0, 528, WIDTH, 372, "#cdb89c")
    for y in range(560, HEIGHT, 48):
        c.line([(0, y), (WIDTH, y)], 2, "#bba588")
    c.blob([(330, 720), (800, 650), (1290, 710), (1340, 830), (800, 884), (280, 840)], "#00000018")
    c.blob([(300, 700), (800, 630), (1300, 690), (1340, 810), (800, 866), (270, 820)], "#f0d894")
    c.blob([(360, 740), (760, 680), (1120, 730), (1060, 800), (700, 830), (380, 800)], "#d9bd7c")


def _foreground(c: Canvas) -> None:
    for x, top in ((270, 240), (690, 170), (1080, 260), (1420, 190)):
        c.rect(x - 9, top, 18, 830 - top - 60, "#8d5c34", 6)
    c.poly([(270, 250), (690, 180), (640, 430)], "#e0574f")
    c.poly([(690, 180), (1080, 270), (780, 470)], "#f7f1e6")
    c.poly([(1080, 270), (1420, 200), (1180, 470)], "#2f86a6")
    for shade in ([(270, 250), (480, 215), (640, 430)], [(1080, 270), (1250, 235), (1180, 470)]):
        c.poly(shade, "#ffffff26")
    c.poly(
        [(700, 760), (720, 690), (740, 720), (770, 660), (800, 720), (820, 690), (850, 760)],
        "#caa457",
    )
    c.poly([(770, 664), (770, 620), (806, 634), (772, 646)], "#e0574f")
    person(c, 600, 820, 150, Look(0, 2, "#e98aa6", "#4f7fc4", "bun"), Pose(REACHING))
    person(
        c, 960, 822, 145, Look(3, 3, "#6aa35a", "#c8553d", "curls"), Pose(REACHING, mirrored=True)
    )
    person(c, 430, 830, 135, Look(1, 0, "#f2b84b", "#344255"), Pose(ARMS_UP))
    person(c, 1340, 850, 350, Look(0, 1, "#4f6f8c", "#3f4a5a"), Pose(WAVING, mirrored=True))
