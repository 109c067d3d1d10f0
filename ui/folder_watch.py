"""Has the system tell when something moves in the shared folder, so that one need not wait for the next look."""

from __future__ import annotations

from PySide6.QtCore import QFileSystemWatcher, QObject

from appli.presenters.shared_folder import SharedFolder


class FolderWatch(QObject):
    """Watches the places the presenter names; where the system cannot, the next look comes by itself."""

    def __init__(self, folder: SharedFolder, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self.watcher: QFileSystemWatcher | None = None
        self._leave = folder.changed.listen(lambda _none: self._follow())
        self.destroyed.connect(lambda _self: self._leave())

    def _follow(self) -> None:
        wanted = {str(place) for place in self._folder.places}
        if self.watcher is None:
            if not wanted:
                return
            self.watcher = QFileSystemWatcher(self)
            self.watcher.directoryChanged.connect(lambda _place: self._folder.seen())
        watched = set(self.watcher.directories())
        if watched - wanted:
            self.watcher.removePaths(sorted(watched - wanted))
        if wanted - watched:
            self.watcher.addPaths(sorted(wanted - watched))
