"""Say levels, kinds and changes of the one red line (一根红线) in words."""

from django import template

from shige.redline.coverage.findings import finding_word
from shige.redline.organisations.history import change_name
from shige.redline.rules import kind_name, level_name

register = template.Library()
register.filter("grid_word", level_name)
register.filter("kind_word", kind_name)
register.filter("finding_word", finding_word)
register.filter("change_word", change_name)
