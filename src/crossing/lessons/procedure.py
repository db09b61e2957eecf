"""The picture that opens the lesson on spinal infusion: where a needle, and where a pump's catheter, comes to lie.

Anatomy and purpose only; nothing here could be followed.
"""

from typing import NamedTuple

import numpy as np

from crossing.explore import theme
from crossing.lessons.anatomy import NAMES, Sheet, Spine, circle

YELLOW = "#f0e442"
LUMBAR = ("L5", "L4", "L3", "L2", "L1")


def section(sheet, spine, top, low, high):
    """Skin of the back, ligaments, bones, canal, cord and roots, from height `low` to `high` and up to vertebra `top`."""
    s = spine.along("Co", "T7", 110)
    edge = spine.point(s, spine.ligament_edge(s))
    sheet.fill(np.concatenate([edge, spine.back(low, high, 0.42)[::-1]]), YELLOW, 0.30, line=0)
    sheet.fill(np.concatenate([spine.back(low, high), spine.back(low, high, 0.42)[::-1]]), theme.VERMILLION, 0.38)
    sheet.fill(spine.band(s, spine.canal(s), spine.ligament_edge(s)), theme.PURPLE, 0.16, line=0.6)
    shown = NAMES[:NAMES.index(top) + 1]
    bones = [n for n in shown if n[0] in "LT"]
    sheet.line([spine.point(spine.level(n, 0.02) - np.array([0.1, 0.2, 0.3]) - a - spine.droop(spine.level(n)) * b,
                            spine.canal(spine.level(n, 0)) + spine.process(spine.level(n)) * np.array([b, b + 0.13, b + 0.26]))
                for n in bones for a, b in ((0.0, 0.25), (0.25, 0.45), (0.05, 0.65))], theme.PURPLE, 0.8, 0.6)
    sheet.fill(spine.band(s, 0.0, spine.canal(s)), YELLOW, 0.62, under=True)
    sac = np.linspace(spine.level("S2", 0.45), s[-1], 110)
    front, back = spine.sac(sac)
    sheet.fill(spine.band(sac, front, back), theme.SKY, 0.42, line=2.0, under=True, edge=theme.BLUE)
    sheet.line(spine.roots(), theme.VERMILLION, 1.0, 0.85)
    sheet.fill(spine.cord(s[-1]), theme.VERMILLION, 0.55, under=True)
    sheet.fill([spine.spinous(n) for n in shown if n not in ("Co", "S5", "S4")], theme.ORANGE, 0.30, under=True)
    sheet.fill([spine.flavum(n) for n in bones], theme.PURPLE, 0.5, line=0.6, under=True)
    sheet.fill([spine.body(n) for n in shown], theme.ORANGE, 0.30, under=True)
    sheet.fill([spine.disc(n) for n in bones[:-1] + ["S1"]], theme.GREEN, 0.32, under=True)
    veins = [circle(spine.point(spine.between(up, down) + d, n), 0.17 * spine.scale)
             for up, down in zip(bones[1:], bones) for d, n in ((0.5, spine.canal(spine.level(up)) - 0.3),)]
    sheet.fill(veins, theme.BLUE, 0.7, line=0.5)
