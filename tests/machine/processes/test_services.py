"""What the services are given, and where the program refuses to listen."""

import socket

import psycopg
import pytest

from shige.machine.database.addresses import Addresses, check_addresses, external_addresses
from shige.machine.database.roles import SUPERUSER
from shige.machine.processes.services import check_port, program_environment
from shige.machine.refusal import Refusal


def test_a_port_that_is_taken_is_refused():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(Refusal, match=f"127.0.0.1 port {port} .*--port"):
            check_port("127.0.0.1", port)
    check_port("127.0.0.1", port)


def test_web_and_jobs_do_not_learn_the_owners_address(tmp_path, monkeypatch):
    monkeypatch.setenv("SHIGE_OWNER_DATABASE_URL", "postgresql://the-owner@/shige")
    environment = program_environment(tmp_path, "postgresql://shige@/shige")
    assert "the-owner" not in " ".join(environment.values())
    assert environment["DATABASE_URL"] == "postgresql://shige@/shige"
    assert environment["SHIGE_DATA"] == str(tmp_path)


def test_without_an_owners_address_the_programs_role_owns_the_tables(monkeypatch):
    monkeypatch.delenv("SHIGE_OWNER_DATABASE_URL", raising=False)
    monkeypatch.setenv("DATABASE_URL", "postgresql://one@/shige")
    assert external_addresses().owner == "postgresql://one@/shige"


def test_an_external_owner_gives_the_programs_role_its_rights_once(database_cluster):
    superuser = database_cluster.url(SUPERUSER)
    with psycopg.connect(superuser, autocommit=True) as connection:
        connection.execute("CREATE DATABASE outside OWNER shige_owner")
    program, owner, keeper = (
        database_cluster.url(role, "outside") for role in ("shige", "shige_owner", SUPERUSER)
    )
    check_addresses(Addresses(program, owner, keeper))
    with psycopg.connect(owner) as connection:
        connection.execute("CREATE TABLE kept (id int)")
        connection.execute("REVOKE DELETE ON kept FROM shige")
    check_addresses(Addresses(program, owner, keeper))
    with psycopg.connect(program) as connection:
        connection.execute("INSERT INTO kept VALUES (1)")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("DELETE FROM kept")
