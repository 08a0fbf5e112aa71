"""Whatever is killed in the middle of writes: nothing acknowledged is lost, nothing is left running."""

import subprocess

import pytest

from tests.fault.target import TINY, Program, Writer, until

pytestmark = pytest.mark.fault


@pytest.fixture(params=[TINY], ids=lambda target: target.name)
def program(request, made_folder):
    program = Program(request.param, made_folder)
    program.start()
    yield program
    program.cleanse()


@pytest.mark.parametrize("part", ["database", "web"])
def test_a_killed_part_comes_back_and_writing_goes_on(program, part):
    writer = Writer(program)
    before = program.recorded()
    with writer.writing():
        writer.wait_for(100)
        program.kill(part)
        until(lambda: program.recorded()[part] != before[part])
        writer.wait_for(100)
    assert program.recorded() == {**before, part: program.recorded()[part]}
    assert writer.failures > 0
    assert program.find(writer.acknowledged) == writer.acknowledged
    assert program.stop() == 0
    assert program.left() == []


@pytest.mark.parametrize(
    "parts", [["supervisor"], ["supervisor", "web"], ["web", "database", "supervisor"]], ids="+".join
)
def test_a_start_after_a_killed_supervisor_finds_every_acknowledged_row(program, parts):
    writer = Writer(program)
    with writer.writing():
        writer.wait_for(100)
        program.kill(*parts)
    assert program.left() == []
    program.start()
    assert program.find(writer.acknowledged) == writer.acknowledged
    assert program.stop() == 0
    assert program.left() == []


def test_a_second_supervisor_on_the_folder_is_refused_by_name(program):
    argv = program.target.argv(program.data, program.port)
    second = subprocess.run(argv, capture_output=True, text=True)
    assert second.returncode != 0
    assert f"in use by process {program.recorded()['supervisor']}" in second.stderr
    assert program.stop() == 0
    assert program.left() == []
