"""Who runs the service, as every public page says at its foot."""

import re
from typing import Final

from pydantic import Field, field_validator

from shige.profile.text import ProfilePart, Text

RECORD: Final = re.compile(r"[\u4e00-\u9fff]ICP(?:备|证)\d{6,10}号(?:-\d{1,3})?")
"""The number under which a site is recorded (备案号), such as 蜀ICP备12345678号-1."""

POLICE: Final = re.compile(r"[\u4e00-\u9fff]公网安备\d{13,14}号")


class Operator(ProfilePart):
    """The operator: a district or above, with whom to ask and the numbers of its record."""

    name: Text
    telephone: str = Field(default="", pattern=r"^[\d \-+()]*$")
    address: Text | None = None
    record: str = ""
    record_link: str = Field(default="https://beian.miit.gov.cn/", pattern=r"^https://")
    police_record: str = ""

    @field_validator("record")
    @classmethod
    def _is_record(cls, written: str) -> str:
        if written and not RECORD.fullmatch(written):
            raise ValueError(f"{written!r} is no record number: write it as 蜀ICP备12345678号-1")
        return written

    @field_validator("police_record")
    @classmethod
    def _is_police_record(cls, written: str) -> str:
        plain = written.replace(" ", "")
        if plain and not POLICE.fullmatch(plain):
            raise ValueError(f"{written!r} is no such number: write it as 川公网安备51010402000001号")
        return plain
