"""Say levels and kinds of the one red line (一根红线) in the words of the profile."""

from django import template

from shige.redline.rules import kind_name, level_name

register = template.Library()
register.filter("grid_word", level_name)
register.filter("kind_word", kind_name)
