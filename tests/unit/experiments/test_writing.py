"""Files that are whole or absent."""

from __future__ import annotations

from pathlib import Path

import pytest

from govsim.experiments.writing import prepare_folder, write_files


def test_files_replace_what_was_there_and_leave_nothing_beside(tmp_path):
    (tmp_path / "a.json").write_text("old", encoding="utf-8")
    paths = write_files(tmp_path, {"a.json": "新", "b.csv": "1\n"})
    assert [path.read_text(encoding="utf-8") for path in paths] == ["新", "1\n"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.json", "b.csv"]


def test_a_failed_write_leaves_the_old_file_and_nothing_beside(tmp_path, monkeypatch):
    (tmp_path / "a.json").write_text("old", encoding="utf-8")

    def fail(self, target):
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        write_files(tmp_path, {"a.json": "new"})
    assert [path.read_text(encoding="utf-8") for path in tmp_path.iterdir()] == ["old"]


def test_a_folder_is_made_with_its_parents_and_left_empty(tmp_path):
    prepare_folder(tmp_path / "a" / "b")
    assert list((tmp_path / "a" / "b").iterdir()) == []


def test_a_file_in_place_of_the_folder_is_an_error(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="exists"):
        prepare_folder(tmp_path / "file")
