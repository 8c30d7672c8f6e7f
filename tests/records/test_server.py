"""What only a database server can get wrong."""

import pytest
from sqlalchemy.engine import make_url

from rom_vision.errors import RecordError
from rom_vision.records import Record


def test_a_password_is_not_shown(home, server):
    address = make_url(server).set(host="127.0.0.1", port=1, username="anna", password="secret", query={})
    with pytest.raises(RecordError) as told:
        Record.open(address.render_as_string(hide_password=False))
    assert "secret" not in str(told.value)
    assert "See that its server runs" in str(told.value)
