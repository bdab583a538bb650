import pytest

from community.members.devices import browser_of, network_of, system_of

CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36"
)
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1 Version/18.1 Mobile/15E148 Safari/604.1"
)
ANDROID = "Mozilla/5.0 (Android 14; Mobile; rv:132.0) Gecko/132.0 Firefox/132.0"


@pytest.mark.parametrize(
    ("agent", "browser", "system"),
    [
        (CHROME, "Chrome", "Windows"),
        (f"{CHROME} Edg/131.0.0.0", "Edge", "Windows"),
        (f"{CHROME} OPR/116.0", "Opera", "Windows"),
        (SAFARI, "Safari", "iPhone"),
        (ANDROID, "Firefox", "Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:132.0) Gecko/20100101 Firefox/132.0", "Firefox", "Mac"),
        (
            "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 Chrome/131.0 Safari/537.36",
            "Chrome",
            "ChromeOS",
        ),
        ("curl/8.4.0", "", ""),
        ("", "", ""),
        ("x" * 100_000, "", ""),
    ],
)
def test_a_browser_is_said_in_words(agent, browser, system):
    assert (browser_of(agent), system_of(agent)) == (browser, system)


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("203.0.113.77", "203.0…"),
        ("::ffff:203.0.113.77", "203.0…"),
        ("2001:db8:85a3::8a2e:370:7334", "2001:0db8…"),
        ("unix:", ""),
        ("", ""),
    ],
)
def test_of_an_address_half_is_kept(address, kept):
    assert network_of(address) == kept
