"""Where Python runs: on a computer, or in a web page (the static site, `crossing.site`). What lessons say of it is here.

Nothing else differs: the same charts, questions and journal run in both, from the same wheel and the same notebooks.
"""

import os
import sys

#: Whether this is Pyodide, Python in a web page.
IN_PAGE = sys.platform == "emscripten"
#: Where a page shows Python the files that the browser keeps. What is written elsewhere is gone with the page.
_BROWSERS_OWN = "/drive/"

_BINDER = ("BINDER_SERVICE_HOST", "BINDER_LAUNCH_HOST", "BINDER_REF_URL")


def kept():
    """Where the journal is, in a sentence."""
    if IN_PAGE:
        return ("Guesses, reasons and tries are kept in this browser only, in the folder journal beside the lessons: "
                "a click with the right button on a file there downloads it. No name is asked for.")
    return "Guesses, reasons and tries are kept on this computer only, beside the lessons. No name is asked for."


def warning(folder):
    """What a learner should know about a journal in `folder` (a path) before relying on it; "" as a rule."""
    if IN_PAGE and not f"{folder}/".startswith(_BROWSERS_OWN):
        return ("Your answers are lost when this page closes: the browser lets it keep nothing. "
                "An https address, or a window that is not private, puts that right.")
    if any(os.environ.get(name) for name in _BINDER):
        return "This is a borrowed computer (Binder): your answers are wiped when it closes."
    return ""
