"""Six older people who sing in half a circle, and a woman at the piano."""

from pictures.canvas import WIDTH, Canvas
from pictures.people import ARMS_DOWN, ARMS_UP, REACHING, SITTING, WAVING, Look, Pose, person
from pictures.props import flags, view


def draw(c: Canvas) -> None:
    """Draw the scene, from the back to the front."""
    c.sky("#efe2cd", "#f6ecda")
    c.rect(0, 650, WIDTH, 250, "#a97b52")
    for y in (700, 770, 850):
        c.line([(0, y), (WIDTH, y)], 3, "#99704a")
    c.rect(0, 560, WIDTH, 96, "#d9c3a0")
    view(c, 180, 150, 250, 220)
    view(c, 560, 150, 250, 220)
    flags(c, (-20, 60), (860, 50), 60)
    flags(c, (840, 50), (1640, 70), 60)
    singers = (
        (120, Look(0, 4, "#8f78c4", "#4a4f63", "bun"), ARMS_DOWN),
        (270, Look(3, 4, "#e0574f", "#3f4a5a"), WAVING),
        (420, Look(1, 4, "#3f8f86", "#5b5048", "long"), ARMS_DOWN),
        (570, Look(5, 4, "#f2b84b", "#3f3a44", "curls"), ARMS_UP),
        (720, Look(0, 4, "#4f7fc4", "#5b5048", "bald"), ARMS_DOWN),
        (870, Look(4, 4, "#e98aa6", "#4a4f63", "bun"), WAVING),
    )
    for place, (x, look, arms) in enumerate(singers):
        base = 830 + (abs(place - 2.5) - 1) * -14
        person(c, x, base, 400, look, Pose(arms))
        if arms is ARMS_DOWN:
            c.poly(
                [(x - 52, base - 250), (x, base - 236), (x, base - 176), (x - 52, base - 190)],
                "#ffffff",
            )
            c.poly(
                [(x + 52, base - 250), (x, base - 236), (x, base - 176), (x + 52, base - 190)],
                "#f4efe6",
            )
    _piano(c)
    for x, y, size in ((1010, 330, 34), (1100, 250, 28), (940, 200, 24), (1210, 330, 30)):
        c.oval(x, y, size * 0.6, size * 0.42, "#57433f")
        c.line([(x + size * 0.5, y), (x + size * 0.5, y - size * 1.8)], 6, "#57433f")
        c.line([(x + size * 0.5, y - size * 1.8), (x + size * 1.1, y - size * 1.3)], 8, "#57433f")


def _piano(c: Canvas) -> None:
    c.rect(1290, 470, 290, 380, "#6b4a42", 10)
    c.rect(1280, 456, 310, 24, "#57433f", 8)
    c.rect(1220, 640, 370, 40, "#57433f", 6)
    c.rect(1226, 630, 90, 16, "#f7f1e6")
    for x in range(1232, 1310, 13):
        c.rect(x, 630, 5, 9, "#37302d")
    c.rect(1236, 680, 24, 180, "#57433f")
    c.poly([(1330, 520), (1420, 520), (1420, 600), (1330, 600)], "#ffffff")
    c.poly([(1426, 520), (1516, 520), (1516, 600), (1426, 600)], "#f4efe6")
    c.rect(1050, 760, 120, 22, "#8d5c34", 6)
    for x in (1062, 1144):
        c.rect(x, 780, 14, 90, "#8d5c34")
    pianist = Look(2, 3, "#6aa35a", "#3f3a44", "scarf", "#c8553d")
    person(c, 1108, 866, 400, pianist, Pose(REACHING, SITTING))
