"""Looks: colour and logo of a tenant, at addresses that browsers keep for good."""

from typing import Any

import pytest
from django.test import Client
from PIL import Image

from tenants import hosts, looks
from tests.pages import text_of


@pytest.fixture
def client(client_for: Any, tenant_a: Any) -> Client:
    """A stranger at tenant A."""
    made: Client = client_for(tenant_a)
    return made


def test_stylesheet(client: Client) -> None:
    """The colour is a file that browsers keep; its name cannot carry anything else."""
    response = client.get("/tampilan/7a1f2b.css")
    assert response["Content-Type"] == "text/css"
    assert "immutable" in response["Cache-Control"]
    assert "#7a1f2b" in response.content.decode()
    assert client.get("/tampilan/7a1f2b}.css").status_code == 404
    assert client.get("/tampilan/red.css").status_code == 404
    assert "/tampilan/7a1f2b.css" in text_of(client)


def test_logo(client: Client, portal_client: Client, tenant_a: Any, tmp_path: Any) -> None:
    """The logo is served at the tenant and on the portal, by its content."""
    source = tmp_path / "logo.png"
    Image.new("RGB", (8, 8), "#7a1f2b").save(source)
    looks.store_logo(tenant_a, source)
    hosts.forget_hosts()
    address = f"/tampilan/{tenant_a.logo_sha256}.png"
    assert address in text_of(client)
    for reader in (client, portal_client):
        response = reader.get(address)
        assert (response.status_code, response["Content-Type"]) == (200, "image/png")
        assert "immutable" in response["Cache-Control"]
    assert client.get(f"/tampilan/{'0' * 64}.png").status_code == 404
