"""The grammar of a SPARQL 1.1 query as an LL(1) table.

Source of the rules: SPARQL 1.1 Query Language, section 19.8, without SERVICE; productions are joined where the
difference tells nothing here. Notation: `'X'` is a keyword or a sign, a lower-case word is a kind of token of
`kg.store.tokens`, a capitalised one is a rule; `?`, `*`, `+`, `|` and round brackets as usual.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

GRAMMAR = """
Query = Prologue Form Values
Prologue = ( 'BASE' iri | 'PREFIX' prefix_name iri )*
Form = Select Dataset Where Modifiers | Construct | Describe | 'ASK' Dataset Where Modifiers
Select = 'SELECT' ( 'DISTINCT' | 'REDUCED' )? ( '*' | ( variable | '(' Expression 'AS' variable ')' )+ )
SubSelect = Select Where Modifiers Values
Construct = 'CONSTRUCT' ( Template Dataset Where Modifiers | Dataset 'WHERE' Template Modifiers )
Template = '{' Triples? '}'
Describe = 'DESCRIBE' ( '*' | ( variable | Iri )+ ) Dataset Where? Modifiers
Dataset = ( 'FROM' 'NAMED'? Iri )*
Where = 'WHERE'? Group
Values = ( 'VALUES' Data )?

Modifiers = GroupBy? Having? OrderBy? Slice?
GroupBy = 'GROUP' 'BY' ( Call | Iri Arguments | variable | '(' Expression ( 'AS' variable )? ')' )+
Having = 'HAVING' Constraint+
OrderBy = 'ORDER' 'BY' ( ( 'ASC' | 'DESC' ) '(' Expression ')' | Constraint | variable )+
Slice = 'LIMIT' integer ( 'OFFSET' integer )? | 'OFFSET' integer ( 'LIMIT' integer )?
Constraint = '(' Expression ')' | Call | Iri Arguments

Group = '{' ( SubSelect | Patterns ) '}'
Patterns = PathTriples? ( Pattern '.'? PathTriples? )*
Pattern = Group ( 'UNION' Group )* | 'OPTIONAL' Group | 'MINUS' Group | 'GRAPH' ( variable | Iri ) Group
        | 'FILTER' Constraint | 'BIND' '(' Expression 'AS' variable ')' | 'VALUES' Data
Data = variable '{' Datum* '}' | ( nil | '(' variable* ')' ) '{' ( nil | '(' Datum* ')' )* '}'
Datum = Iri | Literal | 'UNDEF'

Triples = Subject ( '.' Triples? )?
Subject = Term Properties | ( List | Blank ) Properties?
Properties = Verb Objects ( ';' ( Verb Objects )? )*
Verb = variable | Iri | 'a'
Objects = Node ( ',' Node )*
Node = Term | List | Blank
List = '(' Node+ ')'
Blank = '[' Properties ']'
Term = variable | Iri | Literal | blank_node | anon | nil

PathTriples = PathSubject ( '.' PathTriples? )?
PathSubject = Term PathProperties | ( PathList | PathBlank ) PathProperties?
PathProperties = PathVerb PathObjects ( ';' ( PathVerb PathObjects )? )*
PathVerb = variable | Path
PathObjects = PathNode ( ',' PathNode )*
PathNode = Term | PathList | PathBlank
PathList = '(' PathNode+ ')'
PathBlank = '[' PathProperties ']'
Path = PathSequence ( '|' PathSequence )*
PathSequence = PathStep ( '/' PathStep )*
PathStep = '^'? PathPrimary ( '?' | '*' | '+' )?
PathPrimary = Iri | 'a' | '(' Path ')' | '!' ( Negated | nil | '(' Negated ( '|' Negated )* ')' )
Negated = '^'? ( Iri | 'a' )

Expression = Conjunction ( '||' Conjunction )*
Conjunction = Comparison ( '&&' Comparison )*
Comparison = Sum ( ( '=' | '!=' | '<' | '>' | '<=' | '>=' ) Sum | 'NOT'? 'IN' Expressions )?
Sum = Product ( ( '+' | '-' ) Product | Signed ( ( '*' | '/' ) Unary )* )*
Product = Unary ( ( '*' | '/' ) Unary )*
Unary = ( '!' | '+' | '-' )? Primary
Primary = '(' Expression ')' | Call | Iri Arguments? | Literal | variable
Arguments = nil | '(' 'DISTINCT'? Expression ( ',' Expression )* ')'
Expressions = nil | '(' Expression ( ',' Expression )* ')'
Call = 'NOT' 'EXISTS' Group | 'EXISTS' Group | 'BOUND' '(' variable ')'
     | ( 'COALESCE' | 'CONCAT' ) Expressions | 'BNODE' ( nil | '(' Expression ')' )
     | ( 'NOW' | 'RAND' | 'UUID' | 'STRUUID' ) nil | Unary1 '(' Expression ')'
     | Binary2 '(' Expression ',' Expression ')' | 'IF' '(' Expression ',' Expression ',' Expression ')'
     | ( 'REGEX' | 'SUBSTR' ) '(' Expression ',' Expression ( ',' Expression )? ')'
     | 'REPLACE' '(' Expression ',' Expression ',' Expression ( ',' Expression )? ')'
     | 'COUNT' '(' 'DISTINCT'? ( '*' | Expression ) ')'
     | ( 'SUM' | 'MIN' | 'MAX' | 'AVG' | 'SAMPLE' ) '(' 'DISTINCT'? Expression ')'
     | 'GROUP_CONCAT' '(' 'DISTINCT'? Expression ( ';' 'SEPARATOR' '=' string )? ')'
Unary1 = 'STR' | 'LANG' | 'DATATYPE' | 'IRI' | 'URI' | 'ABS' | 'CEIL' | 'FLOOR' | 'ROUND' | 'STRLEN' | 'UCASE'
       | 'LCASE' | 'ENCODE_FOR_URI' | 'YEAR' | 'MONTH' | 'DAY' | 'HOURS' | 'MINUTES' | 'SECONDS' | 'TIMEZONE'
       | 'TZ' | 'MD5' | 'SHA1' | 'SHA256' | 'SHA384' | 'SHA512' | 'ISIRI' | 'ISURI' | 'ISBLANK' | 'ISLITERAL'
       | 'ISNUMERIC'
Binary2 = 'LANGMATCHES' | 'CONTAINS' | 'STRSTARTS' | 'STRENDS' | 'STRBEFORE' | 'STRAFTER' | 'STRLANG' | 'STRDT'
        | 'SAMETERM'

Iri = iri | prefixed_name | prefix_name
Literal = string ( language | '^^' Iri )? | integer | decimal | double | Signed | 'TRUE' | 'FALSE'
Signed = signed_integer | signed_decimal | signed_double
"""

START = "Query"

Sequence: TypeAlias = tuple[str, ...]
Rules: TypeAlias = dict[str, list[Sequence]]


@dataclass(frozen=True)
class Table:
    """`choices[rule][kind]` is the sequence of symbols that a rule stands for before a token of that kind.

    `optional` are the rules that may stand for nothing. A symbol that is no key of `choices` is a kind of token.
    """

    choices: dict[str, dict[str, Sequence]]
    optional: frozenset[str]


@cache
def table() -> Table:
    """The table of `GRAMMAR`. Raises `ValueError` where one token of look-ahead does not decide."""
    rules = _read_rules(GRAMMAR)
    optional = _optional_rules(rules)
    first = _first_kinds(rules, optional)
    choices: dict[str, dict[str, Sequence]] = {}
    for name, alternatives in rules.items():
        row = choices.setdefault(name, {})
        for alternative in alternatives:
            for kind in _starts(alternative, optional, first):
                if kind in row:
                    raise ValueError(f"{name} does not know which way to go before {kind}")
                row[kind] = alternative
    return Table(choices, optional)


def _read_rules(grammar: str) -> Rules:
    """Rules by name; every bracket and every repetition becomes a rule of its own, named `Owner.number`."""
    rules: Rules = {}
    for definition in re.split(r"\n+(?=\w)", grammar.strip()):
        name, body = definition.split(" = ", 1)
        rules[name] = []
        rules[name] = _read_alternatives(deque(re.findall(r"'[^']+'|\w+|[()|?*+]", body)), name, rules)
    return rules


def _read_alternatives(words: deque[str], owner: str, rules: Rules) -> list[Sequence]:
    """Consume `words` up to the bracket that closes this group, or to the end."""
    alternatives: list[Sequence] = []
    sequence: list[str] = []
    while words and (word := words.popleft()) != ")":
        if word == "|":
            alternatives.append(tuple(sequence))
            sequence = []
        elif word == "(":
            sequence.append(_add_rule(_read_alternatives(words, owner, rules), owner, rules))
        elif word in {"?", "*", "+"}:
            sequence[-1] = _repeat(sequence[-1], word, owner, rules)
        else:
            sequence.append(word.strip("'"))
    return [*alternatives, tuple(sequence)]


def _repeat(symbol: str, sign: str, owner: str, rules: Rules) -> str:
    if sign == "?":
        return _add_rule([(symbol,), ()], owner, rules)
    many = _add_rule([], owner, rules)
    rules[many] = [(symbol, many), ()]
    return many if sign == "*" else _add_rule([(symbol, many)], owner, rules)


def _add_rule(alternatives: list[Sequence], owner: str, rules: Rules) -> str:
    name = f"{owner}.{len(rules)}"
    rules[name] = alternatives
    return name


def _optional_rules(rules: Rules) -> frozenset[str]:
    optional: set[str] = set()
    while added := {
        name
        for name, alternatives in rules.items()
        if name not in optional and any(optional.issuperset(sequence) for sequence in alternatives)
    }:
        optional |= added
    return frozenset(optional)


def _first_kinds(rules: Rules, optional: frozenset[str]) -> dict[str, set[str]]:
    """The kinds of tokens that each rule can begin with, grown until nothing is added."""
    first: dict[str, set[str]] = {name: set() for name in rules}
    grown = True
    while grown:
        grown = False
        for name, alternatives in rules.items():
            kinds = first[name].union(*(_starts(sequence, optional, first) for sequence in alternatives))
            grown = grown or kinds != first[name]
            first[name] = kinds
    return first


def _starts(sequence: Sequence, optional: frozenset[str], first: dict[str, set[str]]) -> set[str]:
    kinds: set[str] = set()
    for symbol in sequence:
        kinds |= first.get(symbol, {symbol})
        if symbol not in optional:
            break
    return kinds
