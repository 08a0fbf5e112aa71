"""The list of duties of a role (事项准入清单): what may be given to it, and by which article not (R19)."""

from pydantic import Field

from shige.profile.text import ProfilePart, Text


class Article(ProfilePart):
    """One article: the categories that it speaks of, by top or sub-category, and whether they are duties."""

    code: str
    text: Text
    categories: tuple[str, ...] = Field(min_length=1)
    duty: bool = True

    def speaks_of(self, category: str) -> bool:
        """Say whether the article is about a category."""
        return category in self.categories or category[:2] in self.categories


class DutiesList(ProfilePart):
    """The articles of one role, in order: the first that speaks of a category decides."""

    role: str
    name: Text
    articles: tuple[Article, ...] = Field(min_length=1)
    otherwise: Text  # what is said of categories that no article speaks of: they are no duty

    def refusal(self, category: str) -> Text | None:
        """Return why a category is no duty of the role, as its article says; None where it is one."""
        for article in self.articles:
            if article.speaks_of(category):
                return None if article.duty else _numbered(article)
        return self.otherwise


def _numbered(article: Article) -> Text:
    return Text(zh=f"{article.code}、{article.text.zh}", en=f"{article.code}: {article.text.en}")
