"""The head cut down the middle, seen from the left, as shapes to draw: dura, brain, fluid, ventricles, top of the cord.

A map, not an atlas: the spaces that hold fluid are drawn wider than they are. Drawing units run from 0 to about 340
both ways; `Head` puts them on a page.
"""

import numpy as np

from ..explore import theme
from .anatomy import smooth

_DURA = ((60, 128), (46, 190), (58, 262), (112, 322), (196, 338), (282, 312), (330, 250), (336, 176), (318, 118), (282, 86),
         (236, 76), (186, 82), (150, 100), (104, 108))
_BRAIN = ((76, 142), (68, 196), (82, 254), (126, 302), (196, 316), (266, 294), (310, 240), (316, 190), (288, 168), (244, 172),
          (206, 170), (170, 152), (122, 132))
_CEREBELLUM = ((232, 158), (264, 164), (300, 154), (310, 126), (290, 104), (258, 98), (236, 106), (228, 130))
_STEM = ((184, 184), (206, 182), (218, 162), (222, 134), (219, 100), (216, 60), (214, 10), (200, 10), (198, 60), (195, 92), (182, 108),
         (172, 128), (176, 150))
_CANAL = ((179, 84), (186, 66), (187, 6), (227, 6), (228, 64), (240, 76))
_FOLDS = (((86, 214), (106, 222), (112, 244)), ((106, 272), (126, 264), (148, 276)), ((162, 306), (170, 286), (192, 280)),
          ((222, 304), (224, 282), (244, 270)), ((272, 284), (264, 264), (278, 252)), ((308, 226), (288, 226), (274, 236)),
          ((72, 176), (92, 178), (106, 168)), ((240, 150), (266, 142), (296, 144)), ((238, 120), (264, 122), (292, 116)))
_LATERAL = ((112, 202), (130, 232), (178, 244), (232, 232), (254, 204), (228, 212), (186, 218), (146, 210))
_THIRD = ((172, 210), (190, 206), (192, 190), (182, 180), (172, 188))
_FOURTH = ((220, 148), (230, 136), (224, 112), (217, 122))


class Head:
    """Shapes at `scale`, with the drawing's corner at `origin` (points on the page)."""

    def __init__(self, scale=1.0, origin=(0.0, 18.0)):
        self.scale, self.origin = scale, np.asarray(origin, float)

    def at(self, *places):
        """Drawing units to points on the page: (n, 2), or (2,) for one place."""
        found = self.origin + self.scale * np.asarray(places, float)
        return found if len(places) > 1 else found[0]

    def wave(self, start, end, turns=5.4, height=3.2):
        """A frilled line, as a choroid plexus looks."""
        t = np.linspace(0, 1, 40)[:, None]
        along = np.asarray(start, float) + t * (np.asarray(end, float) - start)
        across = np.array([start[1] - end[1], end[0] - start[0]], float)
        across /= np.hypot(*across)
        return self.origin + self.scale * (along + height * np.sin(2 * np.pi * turns * t) * across)

    def draw(self, sheet, dura=theme.ORANGE, brain=0.20):
        """Fluid, dura, brain, ventricles and their ways, cord. `brain` is the depth of the brain's tint."""
        outline = smooth(self.at(*_DURA))
        sheet.fill(outline, theme.SKY, 0.42, line=0)
        sheet.fill(self.at(*_CANAL), theme.SKY, 0.42, line=0, under=True)
        lower, upper = self.at(*_CANAL)[:3], self.at(*_CANAL)[3:]
        ring = np.concatenate([outline, outline[:1]])
        # The dura of the head, open where the canal begins.
        left, right = self.at((180, 0))[0], self.at((238, 0))[0]
        closed = ~((ring[:, 0] > left) & (ring[:, 0] < right) & (ring[:, 1] < self.at((0, 110))[1]))
        gap = int(np.argmin(closed))
        ring = np.concatenate([ring[gap:], ring[1:gap + 1]])[~np.logical_not(np.concatenate([closed[gap:], closed[1:gap + 1]]))]
        sheet.line([ring, lower, upper], dura, 3.0)
        sheet.fill(smooth(self.at(*_BRAIN)), theme.VERMILLION, brain, line=1.0, under=True)
        sheet.fill(smooth(self.at(*_CEREBELLUM)), theme.VERMILLION, brain * 1.6, line=1.0, under=True)
        sheet.fill(smooth(self.at(*_STEM)), theme.VERMILLION, brain * 1.3, line=1.0, under=True)
        sheet.line([smooth(self.at(*fold), closed=False) for fold in _FOLDS], theme.INK, 0.7, 0.45)
        sheet.fill([smooth(self.at(*shape)) for shape in (_LATERAL, _THIRD, _FOURTH)], theme.SKY, 0.70, line=0.8, under=True, edge=theme.BLUE)
        sheet.line([self.at((188, 184), (204, 168), (219, 146)), self.at((220, 114), (210, 70), (207, 14))], theme.BLUE, 1.6)
        sheet.line([self.wave((138, 222), (228, 222)), self.wave((220, 140), (224, 122), 2.4, 2.4)], theme.VERMILLION, 2.4)
