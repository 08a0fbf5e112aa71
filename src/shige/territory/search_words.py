"""The look-up of search words in the database: a column answers a query of words."""

from typing import Any

from django.db.models.lookups import PostgresOperatorLookup


class Answers(PostgresOperatorLookup):
    """``column__answers="'路灯' & '灯坏'"``: the column answers a query in PostgreSQL's own writing."""

    lookup_name = "answers"
    postgres_operator = "@@"
    prepare_rhs = False

    def process_rhs(self, compiler: Any, connection: Any) -> Any:
        """Hand the query over as it is."""
        return "%s::tsquery", [str(self.rhs)]
