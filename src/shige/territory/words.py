"""Character bigrams in the database: a column of search words, and the look-up of all words of a query."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db.models import Func, TextField, Value
from django.db.models.lookups import PostgresOperatorLookup

from .bigrams import bigrams


def words_of(*texts: str) -> Func:
    """Return the expression that stores the search words of these texts.

    The words go in as an array: PostgreSQL's own parser would depend on the locale of the server.
    """
    words = sorted({word for text in texts for word in bigrams(text)})
    listed = Value(words, output_field=ArrayField(TextField()))
    return Func(listed, function="array_to_tsvector", output_field=SearchVectorField())


@SearchVectorField.register_lookup
class HasWords(PostgresOperatorLookup):
    """``column__has_words="玉兰苑12号"``: the column holds every word of the text."""

    lookup_name = "has_words"
    postgres_operator = "@@"
    prepare_rhs = False

    def process_rhs(self, compiler: Any, connection: Any) -> Any:
        """Write the words as a query; a single Chinese character also finds the pairs it begins."""
        words = [f"'{word}'" + (":*" if not word.isascii() and len(word) == 1 else "") for word in self.rhs]
        return "%s::tsquery", [" & ".join(words)]

    def get_prep_lookup(self) -> Any:
        """Take the text apart once."""
        self.rhs = bigrams(str(self.rhs))
        return self.rhs


@SearchVectorField.register_lookup
class Answers(PostgresOperatorLookup):
    """``column__answers="'路灯' & '灯坏'"``: the column answers a query in PostgreSQL's own writing."""

    lookup_name = "answers"
    postgres_operator = "@@"
    prepare_rhs = False

    def process_rhs(self, compiler: Any, connection: Any) -> Any:
        """Hand the query over as it is."""
        return "%s::tsquery", [str(self.rhs)]
