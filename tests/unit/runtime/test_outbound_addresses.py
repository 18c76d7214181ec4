"""Which addresses may be asked and connected to."""

from contextlib import suppress
from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ingest.fetching.settings import FetchSettings
from services.runtime.outbound.addresses import AddressPolicy
from services.runtime.outbound.refused import RefusedAddress
from services.runtime.outbound.web_address import AddressRules

WEB = AddressRules(ports=frozenset((80, 443)))


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("127.0.0.1", "loopback"),
        ("127.255.255.254", "loopback"),
        ("0.0.0.0", "unspecified"),
        ("0.1.2.3", "unspecified"),
        ("10.0.0.1", "private"),
        ("172.16.0.1", "private"),
        ("172.31.255.255", "private"),
        ("192.168.1.1", "private"),
        ("100.64.0.1", "shared by a carrier's customers"),
        ("100.100.100.200", "shared by a carrier's customers"),
        ("169.254.169.254", "the metadata service of a cloud"),
        ("169.254.170.2", "link-local"),
        ("168.63.129.16", "the metadata service of a cloud"),
        ("192.0.0.192", "reserved for protocols"),
        ("192.0.2.1", "for documentation"),
        ("192.88.99.1", "a 6to4 relay"),
        ("198.18.0.1", "for benchmarks"),
        ("224.0.0.1", "multicast"),
        ("240.0.0.1", "reserved"),
        ("255.255.255.255", "reserved"),
        ("::", "unspecified"),
        ("::1", "loopback"),
        ("::127.0.0.1", "reserved"),
        ("::ffff:127.0.0.1", "an IPv4 address in IPv6"),
        ("::ffff:8.8.8.8", "an IPv4 address in IPv6"),
        ("64:ff9b::7f00:1", "an IPv4 address behind NAT64"),
        ("64:ff9b:1::7f00:1", "an IPv4 address behind NAT64"),
        ("100::1", "reserved"),
        ("2001::1", "an IPv4 address behind Teredo"),
        ("2001:10::1", "reserved for protocols"),
        ("2001:db8::1", "for documentation"),
        ("2002:7f00:1::", "an IPv4 address behind 6to4"),
        ("3fff::1", "for documentation"),
        ("4000::1", "reserved"),
        ("fc00::1", "private"),
        ("fd00:ec2::254", "the metadata service of a cloud"),
        ("fe80::1", "link-local"),
        ("fe80::1%eth0", "link-local"),
        ("fec0::1", "private"),
        ("ff02::1", "multicast"),
    ],
)
def test_internal_addresses_are_refused_by_name(address: str, why: str) -> None:
    assert AddressPolicy().refusal(ip_address(address)) == why


@pytest.mark.parametrize(
    "address",
    [
        *(
            "1.1.1.1",
            "93.184.215.14",
            "100.63.255.255",
            "100.128.0.0",
            "172.15.255.255",
            "172.32.0.0",
            "223.255.255.255",
        ),
        *("2001:4860:4860::8888", "2606:4700::1111", "2a00:1450::1", "2003::1"),
    ],
)
def test_addresses_of_the_internet_are_fine(address: str) -> None:
    assert AddressPolicy().refusal(ip_address(address)) is None


@given(st.ip_addresses())
def test_what_is_fine_is_global_for_python_too(address: object) -> None:
    found = ip_address(str(address))
    if AddressPolicy().refusal(found) is None:
        assert found.is_global
        assert not found.is_multicast


def test_what_settings_allow_is_fine_and_nothing_beside_it() -> None:
    settings = FetchSettings(fetch_allowed_hosts="10.1.0.0/16, ::1, Wiki.Lan.")
    policy = settings.address_policy
    assert policy.refusal(ip_address("10.1.2.3")) is None
    assert policy.refusal(ip_address("::1")) is None
    assert policy.refusal(ip_address("10.2.0.1")) == "private"
    assert policy.refusal(ip_address("::ffff:10.1.2.3")) is not None
    internal = [ip_address("192.168.0.7")]
    assert policy.permitted("wiki.lan", internal) == internal
    assert policy.permitted("other.lan", internal) == []
    assert settings.address_rules.read("http://wiki.lan/page").host == "wiki.lan"


@pytest.mark.parametrize(
    ("url", "read"),
    [
        ("https://Desk.Example/a?b=c#part", "https://desk.example/a?b=c"),
        ("http://desk.example", "http://desk.example/"),
        ("http://desk.example.:80/", "http://desk.example/"),
        ("https://desk.example:443/é", "https://desk.example/%C3%A9"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("http://[2606:4700::1111]/", "http://[2606:4700::1111]/"),
        ("http://93.184.215.14/x", "http://93.184.215.14/x"),
        ("http://desk.example/a b|c", "http://desk.example/a%20b|c"),
        ("http://7news.example/", "http://7news.example/"),
    ],
)
def test_addresses_are_read_into_one_form(url: str, read: str) -> None:
    address = WEB.read(url)
    assert str(address) == read
    assert WEB.read(str(address)) == address


@pytest.mark.parametrize(
    "url",
    [
        *(
            "",
            "desk.example",
            "//desk.example/",
            "/path",
            "mailto:a@b.example",
            "javascript:alert(1)",
            "file:///etc/passwd",
        ),
        *("ftp://desk.example/", "gopher://desk.example/", "data:text/html,x", "http:///path", "http://"),
        *("http://user@desk.example/", "http://user:word@desk.example/", "http://desk.example\\@127.0.0.1/"),
        *(
            "http://desk.example:8080/",
            "http://desk.example:0/",
            "http://desk.example:99999/",
            "http://desk.example:x/",
        ),
        *(
            "http://localhost/",
            "http://LOCALHOST./",
            "http://a.localhost/",
            "http://printer.local/",
            "http://db.internal/",
        ),
        *("http://intranet/", "http://metadata.google.internal/", "http://router.home.arpa/", "http://host.lan/"),
        *(
            "http://2130706433/",
            "http://0x7f000001/",
            "http://0177.0.0.1/",
            "http://127.1/",
            "http://0x7f.1/",
            "http://0/",
        ),
        *(
            "http://127.0.0.1.0x1/",
            "http://1.2.3.4.5/",
            "http://999.1.1.1/",
            "http://①②⑦.0.0.1/",
        ),
        *("http://desk_.example%2f@x/", "http://a%00b.example/", "http://a b.example/", "http://a..b.example/"),
        *(
            "http://[::1",
            "http://[fe80::1%25eth0]/",
            "http://[v1.x]/",
            "http://desk.example\n/",
            "http://desk.example/\r\nx: y",
        ),
        "http://desk.example/" + "a" * 5000,
    ],
)
def test_what_is_no_address_of_the_web_is_refused(url: str) -> None:
    with pytest.raises(RefusedAddress) as ended:
        WEB.read(url)
    assert ended.value.reason.isprintable()
    assert len(ended.value.reason) <= 200


@given(st.text())
def test_any_text_is_an_address_in_one_form_or_is_refused(text: str) -> None:
    for url in (text, f"http://{text}/", f"http://desk.example/{text}"):
        with suppress(RefusedAddress):
            address = WEB.read(url)
            assert str(address).isascii()
            assert WEB.read(str(address)) == address


def test_relative_addresses_go_from_their_base() -> None:
    base = WEB.read("https://desk.example/news/today?x=1")
    assert str(WEB.read("../b", base=base)) == "https://desk.example/b"
    assert str(WEB.read("//other.example/c", base=base)) == "https://other.example/c"
    assert str(WEB.read("?y=2", base=base)) == "https://desk.example/news/today?y=2"


@pytest.mark.parametrize("ports", ["0", "70000", "http", "-1", "８０"])
def test_ports_that_are_none_are_refused_at_the_start(ports: str) -> None:
    with pytest.raises(ValueError, match="not a port"):
        FetchSettings(fetch_allowed_ports=ports)


@pytest.mark.parametrize("contact", ["a\nb", "a (b)", "büro@desk.example"])
def test_a_contact_that_would_break_the_header_is_refused_at_the_start(contact: str) -> None:
    with pytest.raises(ValueError, match="printable ASCII"):
        FetchSettings(fetch_contact=contact)
