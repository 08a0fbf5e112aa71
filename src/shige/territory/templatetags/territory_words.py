"""Words for levels, areas and plans in templates."""

from django import template

from ..labels import area_word, column_word, level_word, plan_number, plan_state, setting_value, setting_word
from ..shapes import Box

register = template.Library()
register.filter("level_word", level_word)
register.filter("area_word", area_word)
register.filter("column_word", column_word)
register.filter("plan_number", plan_number)
register.filter("plan_state", plan_state)
register.filter("setting_word", setting_word)
register.filter("setting_value", setting_value)


@register.filter
def edges(box: Box) -> str:
    """Write a box as the map reads it: west, south, east, north."""
    return ",".join(f"{edge:.6f}" for edge in box)
