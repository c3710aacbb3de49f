"""The words of a language stand in its lexicon: no rule from the text to the positions holds one that an article could have.

The syntax tree of each module is walked for string literals. Names are no words of an article: a key, a field, a value of a
closed list, a class of words in capitals, a group of a pattern, what an error says. All other words of two letters and more
are, in a literal by itself as in an alternation of a pattern.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest
from support.modules import tree_of
from support.paths import ROOT

from stcalib.core import rows
from stcalib.language.lexicon import load_lexicon
from stcalib.language.word_sets import compiled

PACKAGE = ROOT / "stcalib"
ROOMS = "text numbers periods syntax actors quotes counts positions learning".split()
FILES = [PACKAGE / "codebook" / "patterns.py", *(path for room in ROOMS for path in sorted((PACKAGE / room).glob("*.py")))]

MESSAGES = {"reasons.py"}
"""Modules of what a row says of itself: why it was declined, on what basis it stands."""
NAMING = frozenset(
    "word_set word_list without_opening filled pattern pattern_text compiled get group span start end open encode decode read_text write_text normalize hand_on TypeVar field "
    "files joinpath getattr with_name column".split()
)
"""Functions whose arguments are names: of a list, a key, a group, a file, an encoding."""
MATCHING = frozenset("compile match search fullmatch finditer findall sub split".split())
"""Functions of `re`."""
STRING_METHODS = frozenset(
    "startswith endswith removeprefix removesuffix partition rpartition split rsplit count find rfind index rindex replace".split()
)
KEYED = frozenset("parts frames labels kinds ends marked memo".split())
"""Names of what is asked for a key by `in`."""
SAID = frozenset("word words text said name".split())
"""Fields that hold words of an article, and no value of a closed list."""
MARKUP = frozenset({"_UNREAD_ELEMENTS", "_LINE_ELEMENTS"})
"""Constants that hold the names of elements of HTML."""
SYNTAX = re.compile(r"\(\?P[<=]\w+[>)]?|\(\?P=\w+\)|\(\?[aimsxL-]+[:)]|\\[a-zA-Z]|\{\{[\w.]+\}\}|<[\w ]+>|\w-\w|\{\d*,?\d*\}")
"""What has letters in a pattern and is no word: names of groups, flags, escapes, ranges, places to fill."""
WORD = re.compile(r"(?<![A-Za-z_])[A-Za-z][a-z]+(?![A-Za-z_0-9])")
PATTERN_MARKS = re.compile(r"[|<\\$^]|\(\?|\[")
"""Of what is handed on, what makes it a pattern and no message."""
FILE = re.compile(r"[\w/]*\.[a-z]{2,6}|utf-?\d+|cp\d+|windows-\d+|latin-\d|__main__")
"""The name of a file, or how one ends, or of an encoding."""


def words_in(text: str, in_pattern: bool) -> list[str]:
    """The words in a literal: all runs of letters that are not in capitals, less the classes of words ("Pp", "Qq")."""
    said = SYNTAX.sub(" ", text) if in_pattern else text
    return [word for word in WORD.findall(said) if not (len(word) == 2 and word[0].lower() == word[1])]


def called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id if isinstance(node.func, ast.Name) else ""


def is_pattern(node: ast.Call) -> bool:
    function = node.func
    return isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name) and function.value.id == "re" and function.attr in MATCHING


def last_name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


class Literals(ast.NodeVisitor):
    """The string literals of a module that could be words of an article: (line, text, how).

    `how` is "pattern" in a regular expression, "said" where a literal is compared with the word of an item, "words" where a literal is compared with something, searched for in it or listed,
    "field" where it is compared with the field of an object, and "told" where it is handed on.
    """

    def __init__(self) -> None:
        self.found: list[tuple[int, str, str]] = []
        self.how = "told"
        self.function = ""

    def within(self, how: str, *nodes: ast.AST) -> None:
        before, self.how = self.how, self.how if self.how == "pattern" else how
        for node in nodes:
            self.visit(node)
        self.how = before

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            self.found.append((node.lineno, node.value, self.how))

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):
            self.generic_visit(node)

    def visit_Raise(self, node: ast.Raise) -> None:
        """What an error says is no word of an article."""

    def visit_Assign(self, node: ast.Assign) -> None:
        names = {target.id for target in node.targets if isinstance(target, ast.Name)}
        if names == {"places"} and isinstance(node.value, ast.Dict):
            self.within("told", *node.value.values)
        elif not names & {"__all__", "__slots__"} | names & MARKUP:
            self.generic_visit(node)

    def visit_Return(self, node: ast.Return) -> None:
        if isinstance(node.value, ast.Dict) and self.function == "_places":
            self.within("told", *node.value.values)
        else:
            self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self.visit(node.value)

    def visit_arg(self, node: ast.arg) -> None:
        """An annotation holds no words."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        if node.name == "__repr__":
            return
        before, self.function = self.function, node.name
        for part in (*node.decorator_list, node.args, *node.body):
            self.visit(part)
        self.function = before

    def visit_Subscript(self, node: ast.Subscript) -> None:
        self.visit(node.value)
        if last_name(node.value) not in ("Literal", "cast") and not isinstance(node.slice, ast.Constant):
            self.visit(node.slice)

    def visit_Compare(self, node: ast.Compare) -> None:
        sides = [node.left, *node.comparators]
        if isinstance(node.ops[0], (ast.In, ast.NotIn)) and last_name(sides[1]) in KEYED:
            return
        fields = [side for side in sides if isinstance(side, ast.Attribute) and side.attr not in SAID]
        said = any(isinstance(part, ast.Attribute) and part.attr == "word" for side in sides for part in ast.walk(side))
        self.within("said" if said else "field" if fields else "words", *sides)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        parts = [part.value for part in node.values if isinstance(part, ast.Constant) and isinstance(part.value, str)]
        message = self.how == "told" and not PATTERN_MARKS.search("".join(parts))
        for part in node.values:
            if not (message and isinstance(part, ast.Constant)):
                self.visit(part)

    def visit_Set(self, node: ast.Set) -> None:
        self.within("words", *node.elts)

    def visit_List(self, node: ast.List) -> None:
        self.within("words", *node.elts)

    def visit_Dict(self, node: ast.Dict) -> None:
        keys = [key for key in node.keys if key is not None]
        coded = all(isinstance(key, ast.Constant) and key.value in closed() for key in keys)
        self.within("told" if coded else "words", *keys)
        self.within("told", *node.values)

    def visit_Call(self, node: ast.Call) -> None:
        name = called(node)
        if name == "hand_on":
            return
        arguments: list[ast.expr] = [*node.args, *(keyword.value for keyword in node.keywords)]
        if name in NAMING:
            arguments = [a for a in arguments if not isinstance(a, ast.Constant)]
        if is_pattern(node):
            self.within("pattern", *arguments)
        elif name in STRING_METHODS and isinstance(node.func, ast.Attribute):
            self.within("words", node.func.value, *arguments)
        else:
            self.visit(node.func)
            self.within("told", *arguments)


def literals(tree: ast.Module) -> list[tuple[int, str, str]]:
    walk = Literals()
    walk.visit(tree)
    return walk.found


@cache
def closed() -> frozenset[str]:
    """The values of closed lists: the members of each `Literal` of the package, and the lists of `core.rows`."""
    values: set[str] = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Subscript) and last_name(node.value) == "Literal":
                values.update(part.value for part in ast.walk(node.slice) if isinstance(part, ast.Constant) and isinstance(part.value, str))
    lists = (value for name, value in vars(rows).items() if name.isupper() and isinstance(value, tuple))
    return frozenset((*values, *(value for held in lists for value in held)))


@cache
def function_words() -> frozenset[str]:
    """Words of which a text is full, which no closed list makes a name: compared with a word they are words."""
    held = load_lexicon().words
    return frozenset((*held.determiners, *held.prepositions, *held.conjunctions, *held.subordinators, *held.relatives, *held.object_pronouns, "that", load_lexicon().cues.gerund))


def is_name(text: str, how: str) -> bool:
    """Whether a literal is a value of a closed list, or a message: three words and more that are handed on."""
    if FILE.fullmatch(text) or (how == "field" and text in closed()):
        return True
    if how == "told" and (text in closed() or (text.count(" ") > 1 and not PATTERN_MARKS.search(text))):
        return True
    return how == "words" and text in closed() - function_words()


def faults(tree: ast.Module, file: str = "") -> Iterator[str]:
    """Each word of a language in a module: "file:line: literal"."""
    for line, text, how in literals(tree):
        if words_in(text, how == "pattern" or PATTERN_MARKS.search(text) is not None) and not is_name(text, how):
            yield f"{file}:{line}: {text!r} ({how})"


def test_no_rule_holds_a_word_of_a_language() -> None:
    assert len(FILES) > 100
    assert not [fault for path in FILES if path.name not in MESSAGES for fault in faults(tree_of(path), str(path.relative_to(ROOT)))]


PLANTED = (
    ('def opens(items):\n    return items[0].word == "then"\n', "then"),
    ('def reads(item):\n    return "now" in item.word.split()\n', "now"),
    ('def reads(word):\n    return word == "however"\n', "however"),
    ('def reads(t):\n    return t.words[0].lower() in ("that", "which")\n', "which"),
    ('SAID = frozenset("said told".split())\n', "told"),
    ('def reads(text):\n    return text.startswith("according to")\n', "according to"),
    ('import re\nYEAR = re.compile(r"\\b(?:this|last)\\syear\\b")\n', "last"),
    ('import re\ndef reads(name):\n    return re.search(rf"(?P<who>{name}) said", name)\n', "said"),
    ('NAME = r"[A-Z]\\w+(?: (?:de|van) [A-Z]\\w+)*"\n', "van"),
    ('SIGN = {"up": 1, "down": -1}\n', "down"),
    ('def verb():\n    return "said"\n', "said"),
)
"""Modules that hold a word of an article, and a word of each."""
INNOCENT = (
    'def reads(number):\n    """Whether it is "about" something."""\n    return number.bound == "about" and number.form in ("cardinal", "percent")\n',
    'def reads(match, t):\n    return match["year"] and match.group("day") and word_set("syntax.be") and t.classes[0] in "XVYEp"\n',
    'def reads(kind: "Kind") -> str:\n    raise ValueError("there is no such kind")\n',
    'def reads(day):\n    return f"counted from the day of publication ({day})"\n',
    'import re\nHEAD = re.compile(r"(?P<name>[A-Z][a-z]+)(?: [A-Za-z]+){0,3}\\s\\d")\n',
)


@pytest.mark.parametrize(("module", "word"), PLANTED)
def test_a_planted_word_is_told_with_its_line(module: str, word: str) -> None:
    told = list(faults(ast.parse(module), "room/module.py"))
    line = next(number for number, text in enumerate(module.splitlines(), 1) if word in text)
    assert any(fault.startswith(f"room/module.py:{line}: ") and word in fault for fault in told)


@pytest.mark.parametrize("module", INNOCENT)
def test_names_and_messages_are_no_words(module: str) -> None:
    assert not list(faults(ast.parse(module)))


def test_no_closed_list_hides_a_common_word() -> None:
    """What the closed lists name is compared as a word nowhere: the words of which a text is full are no names."""
    assert closed() > {"count", "direct", "participle"}
    assert not {"of", "the", "from", "who", "him", "and", "it", "said"} & closed()
    assert function_words() > {"that", "before", "after", "about"}


PAIRED = {"actors.owners", "positions.subjective"}
"""Lists whose words stand in the order of another's, so that one may come twice."""


def test_every_pattern_of_the_lexicon_can_be_made() -> None:
    """Each is a regular expression once its places are filled, and no list is empty or holds a word twice."""
    for room, held in load_lexicon().rooms.items():
        for name, text in held.patterns.items():
            pieces = text if isinstance(text, str) else "".join(text)
            asked = set(re.findall(r"\{\{(\w+)\}\}", pieces)) - set(held.words) - set(held.patterns)
            if not asked and not any(places_of(room, inner) for inner in re.findall(r"\{\{(\w+)\}\}", pieces) if inner in held.patterns):
                compiled(f"{room}.{name}")
        for name, listed in held.words.items():
            assert listed, f"{room}.{name}"
            assert len(set(listed)) == len(listed) or f"{room}.{name}" in PAIRED, f"{room}.{name}"


def places_of(room: str, name: str) -> set[str]:
    """The places of a pattern that its room has to fill."""
    held = load_lexicon().rooms[room]
    text = held.patterns[name]
    inner = set(re.findall(r"\{\{(\w+)\}\}", text if isinstance(text, str) else "".join(text))) - set(held.words)
    return {place for part in inner for place in (places_of(room, part) if part in held.patterns else {part})}


@cache
def code() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))


def test_every_list_of_a_room_is_asked_for() -> None:
    """A list or pattern that no rule names is dead: by its full name, by a place in a pattern beside it, or as one of several."""
    dead = []
    for room, held in load_lexicon().rooms.items():
        texts = "\n".join(text if isinstance(text, str) else "".join(text) for text in held.patterns.values())
        texts += "".join("".join(shape.pieces) for shape in load_lexicon().period_shapes.shape)
        dead += [
            f"{room}.{name}"
            for name in (*held.words, *held.patterns)
            if not re.search(rf'"(?:{room}\.)?{name}"', code()) and f"{{{{{name}}}}}" not in texts
        ]
    assert not dead
