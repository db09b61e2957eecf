"""The Jupyter Server extension: lessons are saved as pages that live without Python, and presented on a clean slate.

Switched on by `etc/jupyter/jupyter_server_config.d/crossing.json`, which the package installs.
"""

from __future__ import annotations

from crossing.server.presenting import throw_away_journal
from crossing.server.saving import without_dead_widgets


def _jupyter_server_extension_points():
    return [{"module": "crossing.server"}]


def _link_jupyter_server_extension(server):
    # Extensions are all linked before any is loaded, so Voila still finds this in the configuration.
    # A hook the site has set for itself stays.
    voila = server.config.VoilaConfiguration
    if "prelaunch_hook" not in voila:
        voila.prelaunch_hook = throw_away_journal


def _load_jupyter_server_extension(server):
    first = server.contents_manager
    first.register_pre_save_hook(without_dead_widgets)

    def again():
        if server.contents_manager is not first:
            server.contents_manager.register_pre_save_hook(without_dead_widgets)

    # jupytext, for one, puts a contents manager of its own in the place of the first while it is loaded, which
    # may be after us.  The loop starts when all are loaded.
    server.io_loop.add_callback(again)
    server.log.info("crossing: lessons are saved with their pictures and words")
