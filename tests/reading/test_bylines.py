import pytest
from hypothesis import given
from hypothesis import strategies as st

from copytaster.reading.bylines import agency, names


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (["By Ada Lind"], ("Ada Lind",)),
        (["By Ada Lind and Bo Falk, senior reporter"], ("Ada Lind", "Bo Falk")),
        (["Von Ada Lind, Bo Falk"], ("Ada Lind", "Bo Falk")),
        (["Ada Lind", "ada lind"], ("Ada Lind",)),
        (["Ada Lind @adalind"], ("Ada Lind",)),
        (["Reuters"], ("Reuters",)),
        (["19 February 2021"], ()),
        (["Ada Lind, AP National Political Writer"], ("Ada Lind", "AP")),
        (["Ada Lind, HPN Editor-at-large"], ("Ada Lind",)),
        (["Ada Lind - AP Technology Writers"], ("Ada Lind", "AP")),
        (["Ada Lind, Executive Editor"], ("Ada Lind",)),
        (["Ada Lind", "ada-lind"], ("Ada Lind",)),
        (["HPN Staff"], ("HPN Staff",)),
        (["Текст: Ада Линд"], ("Ада Линд",)),
        (["Super User"], ()),
        (["Published November 20"], ()),
    ],
)
def test_names_come_apart_and_bare(lines: list[str], wanted: tuple[str, ...]) -> None:
    assert names(lines) == wanted


@pytest.mark.parametrize(
    ("bylines", "first", "last", "wanted"),
    [
        (["The Associated Press"], "", "", "AP"),
        (["Ada Lind"], "NORDHOLM (AP) — A ferry ran aground.", "", "AP"),
        (["Ada Lind"], "A ferry (built in 1998) ran aground.", "", None),
        ([], "A ferry ran aground.", "It was the third time. (dpa)", "dpa"),
        ([], "A ferry ran aground, AP reports.", "The end.", None),
    ],
)
def test_the_agency_is_named_where_the_copy_is_credited(
    bylines: list[str], first: str, last: str, wanted: str | None
) -> None:
    assert agency(bylines, first, last) == wanted


@given(st.lists(st.text(max_size=50), max_size=4))
def test_any_lines_give_names_that_are_not_empty(lines: list[str]) -> None:
    assert all(name.strip() == name != "" for name in names(lines))
