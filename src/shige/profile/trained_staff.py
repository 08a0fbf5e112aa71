"""Who looks at what may be danger to persons or about staff, how soon, and how a page is left in a hurry."""

from pydantic import Field

from .limits import Limit, WrittenLimit
from .text import ProfilePart, Text


class Guard(ProfilePart):
    """The rules of the sealed life `guarded` (P3, P4).

    `role` is the role of the street whose post is trained to look; where nobody holds it, whoever answers on
    the street's tier does, then the district. It looks within `look` of working time.

    `lowly` are words that name who serves in grid or community, `higher` those of street or department: a
    complaint that names only the first is kept from grid and community, every other from the street as well.
    `highest` are words that name who runs the whole area; what is about them is answered by the department
    `independent` of the area, which is under none of them. While nobody of it is in office nothing is taken,
    and `call` says whom to call instead. Every profile names these three: nobody answers for themself.
    """

    role: str = ""
    lowly: tuple[str, ...] = ()
    higher: tuple[str, ...] = ()
    highest: tuple[str, ...] = ()
    independent: str = ""
    call: Text | None = None
    look: WrittenLimit = Limit(1, "h")
    exit: str = Field(default="https://www.weather.com.cn/", pattern=r"^https://")  # where 快速离开 leads
