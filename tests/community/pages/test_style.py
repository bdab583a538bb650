import pytest
from django.test import Client

COMPONENTS = """
    button quiet|chip waits|chip settled|chip live|notice wrong|rows|pager|tabs|post accepted|since
    empty|errors|field choices|field check|clocks|next|write|table|face|box|reviews|filter|figures
    files|papers|chosen
""".strip().replace("\n    ", "|")


@pytest.mark.parametrize(("address", "direction"), [("/style/", "ltr"), ("/ar/style/", "rtl"), ("/fr/style/", "ltr")])
@pytest.mark.django_db
def test_the_style_page_shows_every_component(client: Client, address: str, direction: str) -> None:
    page = client.get(address)
    html = page.content.decode()

    assert page.status_code == 200
    assert f'dir="{direction}"' in html.split("<head>")[0]
    for name in COMPONENTS.split("|"):
        assert f'class="{name}' in html, name


@pytest.mark.django_db
def test_a_guests_page_has_no_form_that_posts_and_no_token(client: Client) -> None:
    page = client.get("/style/")

    assert b'method="post"' not in page.content
    assert b"csrfmiddlewaretoken" not in page.content
    assert "csrftoken" not in page.cookies
