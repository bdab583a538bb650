"""Scripts in every place where Markdown might let one through."""

import pytest

from community.text.clean import UnfitText, clean_text
from community.text.markdown import render
from tests.community.text.pages import assert_safe

VECTORS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<style>@import 'http://e.org'</style>",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](<java\tscript:alert(1)>)",
    "[x](&#106;avascript:alert(1))",
    "[x](&#x6A;&#x61;vascript&colon;alert(1))",
    "[x](javascript&#58;alert(1))",
    "[x]( javascript:alert(1))",
    "[x](\u00a0javascript:alert(1))",
    "[x](\u2000javascript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](file:///etc/passwd)",
    "[x](blob:http://a.org/1)",
    "[x](intent://a#Intent;end)",
    "![x](javascript:alert(1))",
    "![x](data:image/svg+xml;base64,PHN2Zz4=)",
    '![x](a "onerror=alert(1)")',
    '![x" onerror="alert(1)](a)',
    '[x](a "\\" onmouseover=\\"alert(1)")',
    "[x](a '\"><script>alert(1)</script>')",
    '[x](http://a.org/"onclick="alert(1))',
    "[x](http://a.org/'><script>)",
    "<javascript:alert(1)>",
    "<http://a.org/\"onmouseover='alert(1)'>",
    "http://a.org/'onmouseover='alert(1)",
    'http://a.org/"onmouseover="alert(1)',
    "http://a.org/<script>alert(1)</script>",
    "javascript://a.org/%0aalert(1)",
    "[x]\n\n[x]: javascript:alert(1)",
    "[x]\n\n[x]: <data:text/html,1> 'y'",
    '```"><script>alert(1)</script>\nx\n```',
    "```x onload=alert(1)\ny\n```",
    "`<script>alert(1)</script>`",
    "    <script>alert(1)</script>",
    "| <script>alert(1)</script> |\n|:-:|\n| <img src=x onerror=alert(1)> |",
    "[^<script>]\n\n[^<script>]: <img src=x onerror=alert(1)>",
    '[^"onclick="]: x\n\n[^"onclick="]',
    "- [x] <input autofocus onfocus=alert(1)>",
    "# <h1 onclick=alert(1)>",
    '@ana"onclick="alert(1)',
    "@<script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "\\<script>alert(1)\\</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "**<script**>alert(1)</script>",
    "[a](b)<script>[c](d)",
    "{{ constructor.constructor('alert(1)')() }}",
    "[x](//e.org/a)",
    "\ufeff<script>alert(1)</script>",
]


@pytest.mark.parametrize("vector", VECTORS)
def test_no_script_comes_through(vector: str) -> None:
    html = render(vector, names={"ana": '"><script>alert(1)</script>'})

    assert_safe(html)
    assert "<script" not in html.lower()


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", '" onclick="alert(1)', "</a><img src=x onerror=alert(1)>"]
)
def test_a_display_name_is_only_words(name: str) -> None:
    html = render("@ana", names={"ana": name})

    assert assert_safe(html).words == f"@{name}\n"


@pytest.mark.parametrize("text", ["a\ud800", "\udc00"])
def test_half_a_character_is_refused_by_the_renderer_too(text: str) -> None:
    for door in (clean_text, render):
        with pytest.raises(UnfitText):
            door(text)
