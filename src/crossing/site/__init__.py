"""The course as a static site: JupyterLite with Python (Pyodide) in the browser. `python3 course.py site` builds it.

    needs.py      which packages the lessons import, and what those need
    pyodide.py    the Pyodide distribution they are taken from: a folder or an address
    wheels.py     the course's own wheel, pure wheels from the pinned list, and what is left out of a wheel
    lite.py       JupyterLite around it: notebooks, settings, extensions
    command.py    the steps in order, and what is said of them
    start/        the start page

Nothing here runs in the browser. What differs there for the lessons is told in `crossing.explore.place` and, on
the page, in `labextensions/crossing-lessons/static/site.js`.
"""


class Problem(Exception):
    """Something a person has to put right; the text says what, where and what to do."""
