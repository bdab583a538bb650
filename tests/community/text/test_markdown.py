import pytest

from community.text.markdown import REL, localised, render
from community.text.shelf import Shelf
from tests.community.text.pages import ReadPage, assert_safe

NAMES = {"ana": "Ana Ruiz", "bo": "Bo <b>"}


def link(address: str, text: str) -> str:
    return f'<a href="{address}" rel="{REL}">{text}</a>'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("# One\n\n## Two\n\n##### Five", "<h3>One</h3>\n<h4>Two</h4>\n<h6>Five</h6>\n"),
        ("~~old~~ **new**", "<p><s>old</s> <strong>new</strong></p>\n"),
        ("- [ ] do\n- [x] done", '<ul>\n<li class="task">☐ do</li>\n<li class="task">☑ done</li>\n</ul>\n'),
        ("- [ ](x)", f"<ul>\n<li>{link('x', ' ')}</li>\n</ul>\n"),
        ("See https://a.org/b.", f"<p>See {link('https://a.org/b', 'https://a.org/b')}.</p>\n"),
        ("(www.a.org/b)", f"<p>({link('http://www.a.org/b', 'www.a.org/b')})</p>\n"),
        ("ana@city.org", f"<p>{link('mailto:ana@city.org', 'ana@city.org')}</p>\n"),
        ("minutes.md and //x.org", "<p>minutes.md and //x.org</p>\n"),
        ("![Map](http://a.org/m.png)", f"<p>{link('http://a.org/m.png', 'Map')}</p>\n"),
        ("![](m.png)", f"<p>{link('m.png', 'm.png')}</p>\n"),
        ("[![Map](m.png) here](/x)", f"<p>{link('/x', 'Map here')}</p>\n"),
        ("```py\na < b\n```", "<pre><code>a &lt; b\n</code></pre>\n"),
        ("<b>no</b> <!-- html -->", "<p>&lt;b&gt;no&lt;/b&gt; &lt;!-- html --&gt;</p>\n"),
        ("3. c\n4. d", '<ol start="3">\n<li>c</li>\n<li>d</li>\n</ol>\n'),
    ],
)
def test_markdown_becomes_this_html(text: str, html: str) -> None:
    assert render(text) == html


def test_a_table_is_aligned_without_style() -> None:
    html = render("| a | b | c |\n|:-|-:|-|\n| 1 | 2 | 3 |")

    page = assert_safe(html)

    cells = [attributes for tag, attributes in page.tags if tag in ("td", "th")]
    assert cells == [{"align": "left"}, {"align": "right"}, {}] * 2


def test_footnotes_of_two_posts_do_not_meet() -> None:
    one, other = render("a[^1] b[^1]\n\n[^1]: note"), render("c[^1]\n\n[^1]: note")

    ids = [attributes["id"] for html in (one, other) for _, attributes in assert_safe(html).tags if "id" in attributes]
    aims = [attributes["href"] for html in (one, other) for tag, attributes in ReadPage(html).tags if tag == "a"]
    assert len(ids) == len(set(ids)) == 5
    assert {f"#{footnote_id}" for footnote_id in ids} == set(aims)


def test_a_known_handle_becomes_a_link_to_its_member() -> None:
    html = render("@ana, (@Bo) and @cai", names=NAMES)

    assert html == (
        '<p><a href="/members/ana/" class="mention">@Ana Ruiz</a>, '
        '(<a href="/members/bo/" class="mention">@Bo &lt;b&gt;</a>) and @cai</p>\n'
    )


@pytest.mark.parametrize(
    "text",
    ["`@ana`", "    @ana", "```\n@ana\n```", "x@ana", r"\@ana", "[@ana](/x)", "@ana@bo", "@anaé", "@ana.org", "/@ana"],
)
def test_an_at_sign_elsewhere_is_no_mention(text: str) -> None:
    assert "mention" not in render(text, names=NAMES)


def test_links_to_members_follow_the_language_of_the_page() -> None:
    html = render('@ana `<a href="/members/ana/">` <a href="/members/ana/"', names=NAMES)

    spanish = localised(html, "/es")

    assert spanish == html.replace('<a href="/members/ana/" class', '<a href="/es/members/ana/" class')
    assert localised(html, "") == html
    assert localised(html, "es/") == spanish


def test_the_same_text_with_another_name_is_rendered_again() -> None:
    before, after = render("@ana", names={"ana": "Ana"}), render("@ana", names={"ana": "Anna"})

    assert (">@Ana<" in before, ">@Anna<" in after) == (True, True)


def test_a_shelf_keeps_what_was_asked_last() -> None:
    shelf: Shelf[str] = Shelf(capacity_bytes=500)
    made: list[str] = []

    def fetch(key: str) -> str:
        return shelf.fetch(key, lambda: made.append(key) or key)

    assert [fetch(key) for key in ("a", "b", "a", "c", "a", "b")] == ["a", "b", "a", "c", "a", "b"]
    assert made == ["a", "b", "c", "b"]
    assert len(shelf) == 2
    assert shelf.size_bytes <= 500
