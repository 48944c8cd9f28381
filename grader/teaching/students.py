"""Names of students, which strangers choose: as nbgrader's ids, and as its pages show them."""

from typing import Any

from grader.report import report_name

NAME_CHARACTERS = 128
"""What one of nbgrader's name columns holds."""
# nbgrader's page for grading by hand writes a name into its HTML as it is.
_WITHOUT_TAGS = str.maketrans({"<": "‹", ">": "›", "&": "＆"})  # noqa: RUF001 - they look like what they stand for


def student_id(name: str) -> str:
    """The id, and folder, of who is called so: the name itself where it is a safe one; no two names share one."""
    return report_name(name)


def name_columns(name: str) -> dict[str, str]:
    """The exact name in nbgrader's columns; what the first has no room for goes on in the second.

    Only signs that would begin a tag or an entity are exchanged for others that look like them.
    """
    shown = name.translate(_WITHOUT_TAGS).replace("\0", "")
    return {"last_name": shown[:NAME_CHARACTERS], "first_name": shown[NAME_CHARACTERS : 2 * NAME_CHARACTERS]}


def shown_name(student: Any) -> str:
    """How a row of nbgrader's students is called: its names, else its id."""
    last, first = student.last_name or "", student.first_name or ""
    if len(last) == NAME_CHARACTERS:
        return last + first
    return " ".join(part for part in (first, last) if part) or str(student.id)


def names_by_id(gradebook: Any) -> dict[str, str]:
    """The names of the gradebook's students by their ids; who has none, or no other than the id, is not in it."""
    named = {str(student.id): shown_name(student) for student in gradebook.students}
    return {student: name for student, name in named.items() if name != student}
