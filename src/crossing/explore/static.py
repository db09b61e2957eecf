"""What a page without Python shows of a chart: a picture with its words, as HTML and as plain text."""

import base64
import html

from .explorable import strict


def bundle(explorable):
    """text/html (a figure with its caption) and text/plain (title and words) for the present state."""
    try:
        words = explorable.draw()[2]
    except Exception as problem:
        if strict():
            raise
        # The picture is the last one that worked (or bare axes); the page still opens.
        words = f"This setting does not work: {problem}."
    picture = png(explorable)
    return {
        "text/html": figure(explorable.title, words, picture),
        "text/plain": f"{explorable.title}. {words}",
    }


def png(explorable, bare=False):
    """The present picture; a veiled one shows axes only, and so does any with `bare`."""
    chart = explorable.chart
    hidden = []
    if bare or explorable.veiled:
        from .chart import flatten
        for artists in chart.slots.values():
            for artist in flatten(artists):
                if artist.get_visible():
                    artist.set_visible(False)
                    hidden.append(artist)
    try:
        return chart.png()
    finally:
        for artist in hidden:
            artist.set_visible(True)


def figure(title, words, picture):
    """A figure with the picture, its text alternative and its caption."""
    data = base64.b64encode(picture).decode()
    return (
        f'<figure style="margin:0;max-width:54rem"><img src="data:image/png;base64,{data}" '
        f'alt="{html.escape(title, quote=True)}: chart, described below" style="width:100%;height:auto">'
        f'<figcaption style="font-size:16px;line-height:1.5"><strong>{html.escape(title)}.</strong> '
        f"{html.escape(words)}</figcaption></figure>"
    )
