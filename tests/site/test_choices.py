"""Menus of the search page."""

from copytaster.site.choices import options


def test_what_is_chosen_is_marked_and_nothing_is_markup() -> None:
    menu = (("a", "A & B"), ("b", "<b>"))
    assert options(menu, None) == (
        '<option value="">Any</option>\n<option value="a">A &amp; B</option>\n'
        '<option value="b">&lt;b&gt;</option>'
    )
    assert '<option value="b" selected>&lt;b&gt;</option>' in options(menu, "b")


def test_what_is_chosen_is_offered_though_the_menu_lacks_it() -> None:
    assert '<option value="&#34;x" selected>&#34;x</option>' in options((("a", "A"),), '"x')
