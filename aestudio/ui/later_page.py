"""A page that need not be there before the window is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QTabWidget, QWidget

Page = TypeVar("Page", bound=QWidget)


class LaterPage(Generic[Page]):
    """The place of a page among ``tabs``; ``make`` is called when the page is first asked for."""

    def __init__(self, tabs: QTabWidget, title: str, make: Callable[[], Page]) -> None:
        self._tabs, self._title, self._make = tabs, title, make
        self._place = QWidget()
        self._page: Page | None = None
        tabs.addTab(self._place, title)

    @property
    def made(self) -> Page | None:
        """The page, or None while it is not made."""
        return self._page

    @property
    def page(self) -> Page:
        """The page, made now where it was not."""
        if self._page is None:
            self._page = self._make()
            self._put(self._page)
        return self._page

    def is_front(self) -> bool:
        """Return whether the page, or the place kept for it, is in front."""
        return self._tabs.currentWidget() in (self._page, self._place)

    def _put(self, page: Page) -> None:
        """Put the page into its place, in front where that was; the tabs tell nobody."""
        with QSignalBlocker(self._tabs):
            index, front = self._tabs.indexOf(self._place), self.is_front()
            self._tabs.removeTab(index)
            self._tabs.insertTab(index, page, self._title)
            if front:
                self._tabs.setCurrentIndex(index)
        self._place.deleteLater()
