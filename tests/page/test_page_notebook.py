"""The page in the frame that a notebook shows it in, whose `#…` are addresses of the notebook."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from playwright.sync_api import expect

from kg.network.selection import Selection
from kg.page.view import draw_view

pytestmark = pytest.mark.browser

Opener: TypeAlias = Callable[..., Any]  # see conftest.py


def test_search_links_filters_and_back_work_in_the_frame(
    open_page: Opener, example_build: Any, tmp_path: Path
) -> None:
    frame_of_notebook = draw_view(example_build.out / "tables", Selection(tag="Deichbau"))._repr_html_()
    notebook = tmp_path / "notebook.html"
    notebook.write_text(f"<!DOCTYPE html><title>Notebook</title>{frame_of_notebook}", encoding="utf-8")
    opened = open_page(notebook)
    page, frame = opened.page, opened.page.frame_locator("iframe")
    frame.locator("#search").fill("deichbau")
    frame.locator("#search").press("Enter")
    expect(frame.locator("#panel-title")).to_have_text("Deichbau")
    neighbour = frame.locator("#panel-content li a").first
    name = neighbour.locator(".name").text_content() or ""
    neighbour.click()
    expect(frame.locator("#panel-title")).to_have_text(name)
    frame.get_by_role("button", name="Zurück").click()
    expect(frame.locator("#panel-title")).to_have_text("Deichbau")
    before = frame.locator("#seen").text_content() or ""
    frame.locator("input[value=person]").uncheck()
    expect(frame.locator("#seen")).not_to_have_text(before)
    page.wait_for_timeout(400)  # a late address would be written by now
    inner = page.frames[1]
    assert inner.evaluate("location.href.split('?')[0]") == "about:srcdoc#tag%2Ftaz%2Fdeichbau"
    assert "hide=person" in inner.evaluate("location.hash")
    assert page.url == notebook.as_uri()
    assert (opened.requests, opened.messages) == ([], [])
