"""What a lesson's file keeps when it is saved, and what it does not."""

import asyncio
import copy
import json
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager

from crossing import server
from crossing.server.presenting import throw_away_journal
from crossing.server.saving import VIEW, strip_widgets


def finish(task):
    """Run a coroutine to its end, in a thread: the browser tests keep a running loop in the main one."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(asyncio.run, task).result()


def output(*kinds):
    return {"output_type": "display_data", "data": dict.fromkeys(kinds, "..."), "metadata": {}}


def notebook(outputs, **metadata):
    return {"cells": [{"cell_type": "code", "source": "x", "metadata": {}, "execution_count": 1, "outputs": outputs, "id": "a"}],
            "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


@pytest.mark.parametrize("beside", ["text/html", "image/png", "text/plain"])
def test_a_widget_with_anything_to_read_beside_it_goes(beside):
    kept = strip_widgets(notebook([output(VIEW, beside)]))["cells"][0]["outputs"][0]["data"]
    assert list(kept) == [beside]


def test_a_widget_with_nothing_beside_it_stays():
    before = notebook([output(VIEW)])
    assert strip_widgets(copy.deepcopy(before)) == before


def test_streams_errors_and_text_are_left_alone():
    outputs = [{"output_type": "stream", "name": "stdout", "text": "hello"},
               {"output_type": "error", "ename": "E", "evalue": "", "traceback": []}]
    before = notebook(outputs)
    before["cells"].append({"cell_type": "markdown", "source": "words", "metadata": {}, "id": "b"})
    assert strip_widgets(copy.deepcopy(before)) == before


def test_the_saved_state_of_all_widgets_goes():
    assert "widgets" not in strip_widgets(notebook([], widgets={"state": {}}, crossing={}))["metadata"]


class Swapping(SimpleNamespace):
    """A Jupyter server in which another extension puts a contents manager of its own in the place of the first."""

    def __init__(self, folder):
        self.later = []
        super().__init__(contents_manager=AsyncLargeFileManager(root_dir=str(folder)),
                         io_loop=SimpleNamespace(add_callback=self.later.append),
                         log=SimpleNamespace(info=lambda *words: None))


@pytest.mark.parametrize("swapped", [False, True])
@pytest.mark.parametrize(("metadata", "views"), [({"crossing": {"lesson": "04"}}, 0), ({}, 1)], ids=["lesson", "own"])
def test_saving_through_the_contents_manager(tmp_path, metadata, views, swapped):
    """The course's notebooks lose their widgets, a learner's own keep them, whoever manages the contents."""
    app = Swapping(tmp_path)
    server._load_jupyter_server_extension(app)
    if swapped:  # as jupytext does
        app.contents_manager = AsyncLargeFileManager(root_dir=str(tmp_path))
    for callback in app.later:
        callback()
    model = {"type": "notebook", "format": "json", "content": notebook([output(VIEW, "text/html", "text/plain")], **metadata)}
    finish(app.contents_manager.save(model, "a.ipynb"))
    saved = json.loads((tmp_path / "a.ipynb").read_text())
    data = saved["cells"][0]["outputs"][0]["data"]
    assert (VIEW in data) == bool(views) and "".join(data["text/html"]) == "..."


def test_a_text_file_is_saved_as_it_is(tmp_path):
    app = Swapping(tmp_path)
    server._load_jupyter_server_extension(app)
    finish(app.contents_manager.save({"type": "file", "format": "text", "content": "widgets"}, "a.txt"))
    assert (tmp_path / "a.txt").read_text() == "widgets"


def test_presenting_begins_with_a_cell_that_forgets():
    import nbformat

    lesson = nbformat.from_dict(notebook([], crossing={"lesson": "04"}))
    shown = throw_away_journal(None, lesson, "")
    first = shown.cells[0]
    assert "CROSSING_JOURNAL" in first.source and first.metadata.slideshow.slide_type == "skip"
    nbformat.validate(shown)
    assert throw_away_journal(None, nbformat.from_dict(notebook([])), "") is None


def test_a_sites_own_hook_stays():
    from traitlets.config import Config

    config = Config()
    server._link_jupyter_server_extension(SimpleNamespace(config=config))
    assert config.VoilaConfiguration.prelaunch_hook is throw_away_journal
    own = Config({"VoilaConfiguration": {"prelaunch_hook": len}})
    server._link_jupyter_server_extension(SimpleNamespace(config=own))
    assert own.VoilaConfiguration.prelaunch_hook is len
