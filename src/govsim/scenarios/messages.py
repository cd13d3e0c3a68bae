"""Every sentence the input layer says, in one place, so that it can be reviewed and translated as a whole."""

from __future__ import annotations

from typing import Final

from govsim.language import Message

MORE: Final = Message("... and at least {number} more.")
AT: Final = Message("{path}: {sentence}")

# What was given, and lists of words.
QUOTED: Final = Message("'{text}'")
UNQUOTED: Final = Message("{text}")
NEXT: Final = Message(", ")
NOTHING: Final = Message("empty")
KEYS: Final = Message("a block of keys")
LIST: Final = Message("a list")

# What would be right.
WHOLE_NUMBER: Final = Message("a whole number")
NUMBER: Final = Message("a number")
FINITE_NUMBER: Final = Message("a finite number")
TEXT: Final = Message("text")
SOME_TEXT: Final = Message("some text")
TEXT_UP_TO: Final = Message("at most {limit} characters long")
TRUTH: Final = Message("true or false")
MONTH: Final = Message("a month written like 2007-01")
START_MONTH: Final = Message("a month written like 2007-01, from 1900-01 to 2099-12")
ID: Final = Message("made of small letters, digits, '-' and '_' and begin with a letter or digit")
PATTERN: Final = Message("of the form {pattern}")
BETWEEN: Final = Message("between {low} and {high}")
AT_LEAST: Final = Message("at least {bound}")
MORE_THAN: Final = Message("more than {bound}")
AT_MOST: Final = Message("at most {bound}")
LESS_THAN: Final = Message("less than {bound}")
BOTH: Final = Message("{first} and {second}")
WHOLE_NUMBER_FROM: Final = Message("a whole number from {low} to {high}")
NUMBER_FROM: Final = Message("a number from {low} to {high}")
NUMBER_ABOVE: Final = Message("a number above {low} and up to {high}")
CELL_ID: Final = Message("an id of letters a-z, digits, '-' and '_'")
OWN_ID_PREFIX: Final = Message("an id that does not begin with '{prefix}', which the software uses itself")
ONE_OF: Final = Message("one of {known}")
ONE_OF_MANY: Final = Message("one of the {number} known")

# Kinds of place.
KINDS: Final = {
    "district": Message("district"),
    "department": Message("department"),
    "street": Message("street"),
    "community": Message("community"),
}

# Files.
NO_FILE: Final = Message("there is no such file.{hint}")
A_FOLDER: Final = Message("this is a folder; name a file in it.")
NOT_REGULAR: Final = Message("this is not an ordinary file; only ordinary files are read.")
UNREADABLE: Final = Message("the file cannot be read: {reason}.")
TOO_LARGE: Final = Message(
    "the file is larger than {limit} KiB, the most that is read; split it or remove what is not needed."
)
UTF_16: Final = Message("the file is saved as UTF-16; save it as UTF-8.")
NOT_UTF_8: Final = Message("this line is not UTF-8 (it may be GBK); save the file as UTF-8.")
CHARACTERS: Final = {
    "\u00ad": Message("soft hyphen"),
    "\u200b": Message("zero width space"),
    "\u200c": Message("zero width non-joiner"),
    "\u200d": Message("zero width joiner"),
    "\u200e": Message("left-to-right mark"),
    "\u200f": Message("right-to-left mark"),
    "\u202a": Message("left-to-right embedding"),
    "\u202b": Message("right-to-left embedding"),
    "\u202d": Message("left-to-right override"),
    "\u202e": Message("right-to-left override"),
    "\ufeff": Message("byte order mark"),
}
CONTROL_CHARACTER: Final = Message("control character")
HALF_CHARACTER: Final = Message("half a character")
INVISIBLE_CHARACTER: Final = Message("invisible character")
BAD_CHARACTER: Final = Message("the invisible or control character {code} ({name}) stands here; delete it.")
NOT_NFC: Final = Message(
    "a character on this line is stored in parts or in an outdated form; save the text in Unicode form NFC."
)
OUTSIDE_PROJECT: Final = Message(
    "the path {given} leads outside the project; name a file in this folder, or in one beside it with a single '../'."
)
NO_LINKED_FILE: Final = Message(
    "there is no file or folder {given} here; paths count from the folder of this file.{hint}"
)

# YAML.
EMPTY: Final = Message("the file is empty; a scenario begins with 'schema: govsim/scenario@1'.")
ROOT_NOT_KEYS: Final = Message(
    "the file holds {given} where keys are expected; a scenario begins with 'schema: govsim/scenario@1'."
)
SECOND_DOCUMENT: Final = Message("a second document begins here ('---'); a file holds one scenario.")
DIRECTIVE: Final = Message(
    "a line that begins with '%' is a YAML directive, and directives are not allowed; remove the line."
)
ANCHOR: Final = Message(
    "'&{name}' marks a text for repetition (a YAML anchor), which is not allowed; write the text out "
    "where it is needed."
)
ALIAS: Final = Message("'*{name}' repeats another text (a YAML alias), which is not allowed; write the text out here.")
MERGE: Final = Message("'<<' merges keys from elsewhere, which is not allowed; write the keys out, or use 'extends'.")
TAG: Final = Message("the YAML tag {given} is not allowed; write the plain value without a word that begins with '!'.")
TOO_DEEP: Final = Message("blocks are nested more than {limit} deep; a scenario needs fewer than 10 levels.")
TOO_MANY: Final = Message("the file holds more than {limit} values; a scenario needs a few hundred.")
LONG_INTEGER: Final = Message("this whole number has {digits} digits; at most {limit} are read.")
KEY_NOT_TEXT: Final = Message("a key must be a word, but is {given}.")
DUPLICATE_KEY: Final = Message("the key {given} is written twice, first on line {line}; keep one of them.")
BROKEN: Final = Message(
    "the file cannot be understood from here on; check colons, quotation marks, brackets and indentation."
)
SYNTAX: Final = Message("this is not valid YAML; check colons, quotation marks, brackets and indentation.")
NOT_YAML: Final = Message("this is not valid YAML.{hint}")
# By what the parser says.
SYNTAX_HINTS: Final = (
    ("'\\t'", Message(" A tab stands here; indent with blanks.")),
    (
        "mapping values are not allowed",
        Message(" Check the indentation of this line, and put text that holds ': ' in quotation marks."),
    ),
    ("could not find expected ':'", Message(" A key is followed by a colon and a blank.")),
    (
        "expected <block end>",
        Message(" The line begins further left or right than its neighbours; align it."),
    ),
    ("unexpected end of stream", Message(" A quotation mark is opened and never closed.")),
    (
        "expected ',' or",
        Message(" A bracket is opened and not closed, or closed and not opened, or a comma is missing."),
    ),
    ("cannot start any token", Message(" Put text that begins with this character in quotation marks.")),
    ("unknown escape character", Message(" Use single quotation marks, or write the backslash twice.")),
)
FULL_WIDTH_HINT: Final = Message(" A key here is followed by the full-width colon '\uff1a'; use ':' and a blank.")

# Keys and values of a scenario.
UNKNOWN_KEY: Final = Message("there is no key {given} here.{hint}")
KNOWN_KEYS: Final = Message(" The keys here are: {known}.")
MISPLACED_KEY: Final = Message(" It belongs under '{home}'.")
TOP_KEY: Final = Message(" It belongs to the top of the file, without indentation.")
NOT_A_MAPPING_KEY: Final = Message("the key '{key}' is missing.")
WRONG_TYPE: Final = Message("must be {wanted}, but is {given}.{hint}")
OUT_OF_RANGE: Final = Message("must be {wanted}, but is {given}.")
AT_LEAST_LONG: Final = Message("must have {low} entries or more, but has {number}.")
AT_MOST_LONG: Final = Message("must have {high} entries or fewer, but has {number}.")
NOT_A_CHOICE: Final = Message("must be one of {known}, but is {given}.{hint}")
BAD_PATTERN: Final = Message("must be {wanted}, but is {given}.")
OTHER: Final = Message("{given} cannot stand here.")
QUOTES_HINT: Final = Message(" Write it without quotation marks.")
DIGITS_HINT: Final = Message(" Use ordinary digits: {wanted}.")
PERCENT_HINT: Final = Message(" Write a share, 10% as 0.1.")
SEPARATOR_HINT: Final = Message(" Write numbers without separators: {wanted}.")
WHOLE_HINT: Final = Message(" Write it as {wanted}.")
TRUTH_HINT: Final = Message(" Write true or false.")
MAPPING_HINT: Final = Message(" Write it as 'key: value' lines below, indented.")
LIST_HINT: Final = Message(" Write it in brackets: [{given}].")
TRUTH_FOR_NUMBER_HINT: Final = Message(" Write 1 or 0 if a number is meant.")

# Parameters and rules.
UNKNOWN_PARAMETER: Final = Message("no parameter is called {given}.{hint}")
GROUP_HINT: Final = Message(" Write the whole path on one line, such as '{example}: ...'.")
PARAMETER_RANGE: Final = Message("must lie between {low} and {high} ({unit}), but is {given}.")

# Files that build on others.
SECOND_EXTENDS: Final = Message(
    "{given} itself extends another file, and only one level is allowed; extend that file directly."
)
OWN_ID: Final = Message("a scenario that extends another needs an id of its own.")

# Reforms.
NO_USE: Final = Message("the key 'use' is missing; it names the kind of reform, one of: {known}.")
UNKNOWN_REFORM: Final = Message("no reform is called {given}.{hint} The reforms are: {known}.")
SAME_REFORM: Final = Message(
    "two reforms have the id {given}, the other at {other}; give each reform an id of its own."
)
BAD_REFORM_ID: Final = Message("must be made of small letters, digits, '-' and '_', but is {given}.")
UNKNOWN_STREET: Final = Message("no street of this world is called {given}.{hint}")
UNKNOWN_COMMUNITY: Final = Message("no community of this world is called {given}.{hint}")
STREET_AS_COMMUNITY: Final = Message(" It is a street; name it in 'in_streets'.")
COMMUNITY_AS_STREET: Final = Message(" It is a community; name it in 'in_communities'.")
KNOWN_PLACES: Final = Message(" There are: {known}.")
WRITE_ID: Final = Message(" Write its id, '{id}'.")
SHRUNK_AWAY: Final = Message(
    "none of the places named is left in a world of {residents} residents; name others or raise world.residents."
)
NAMES_IN_DRAWN: Final = Message(
    "the places of this world are drawn and have other names; a reform can hold in all of them."
)
STARTS_EARLY: Final = Message(
    "{given} lies before the first month of the run, {first} (the warm-up included); start then or later."
)
STARTS_LATE: Final = Message(
    "{given} lies after the last month of the run, {last}; start earlier, or make horizon.years longer."
)
NEVER_STARTS: Final = Message(
    "{file}: the reform '{id}' starts in {start}, after {last}, the last month of a run with {settings}; "
    "it is not in force in this run."
)
ENDS_EARLY: Final = Message(
    "{given} is not after the start, {start}; a reform ends in a later month than it starts, or has no end."
)

# Mergers.
GROUPS_SAY_WHERE: Final = Message("the groups of a merger say where it holds; remove this key.")
NO_GROUPS: Final = Message("names no community; write a list for each new community, its seat first.")
EMPTY_GROUP: Final = Message("the group names no community; name its seat first, then who joins it.")
GROUP_OF_ONE: Final = Message(
    "the group has one community, {given}, and nobody to join; name two or more, or write 'mode: single'."
)
SINGLE_GROUP: Final = Message(
    "with 'mode: single' each group is one community, but this one has {number}; write 'mode: merged' or "
    "'mode: federated', or a group for each."
)
TWICE_IN_GROUPS: Final = Message("the community {given} is named twice, first at {other}; it can join one group only.")
ACROSS_STREETS: Final = Message(
    "{given} belongs to the street '{street}', but the seat {seat} to '{other}'; a group lies in one street."
)
TWO_MERGERS: Final = Message(
    "the community {given} is also in a group of the reform '{other}', and both are in force in {month}; "
    "let one end before the other starts, or take it out of one."
)

# --set.
NOT_A_SETTING: Final = Message("a setting is written path=value, such as horizon.years=5, but is {given}.")
SET_TWICE: Final = Message("{given} is set twice; keep one of them.")
UNKNOWN_SETTING: Final = Message("nothing that can be set is called {given}.{hint}")
NO_REFORMS: Final = Message("this scenario has no reform {given}; it has none at all.")
UNKNOWN_REFORM_ID: Final = Message("this scenario has no reform {given}.{hint} It has: {known}.")
UNKNOWN_REFORM_FIELD: Final = Message("the reform has nothing called {given}.{hint} It has: {known}.")
SETTING_HELP: Final = Message(" Settings begin with world, horizon, rules, reforms, or the path of a parameter.")

# Tables.
EMPTY_TABLE: Final = Message("the table has no rows; its first line names the columns, and rows follow.")
BROKEN_TABLE: Final = Message("this row cannot be read; check its quotation marks.")
MISSING_COLUMN: Final = Message("the column '{column}' is missing; the columns are: {known}.")
KNOWN_COLUMNS: Final = Message(" The columns are: {known}.")
UNKNOWN_COLUMN: Final = Message("there is no column {given} in this table.{hint}")
SAME_COLUMN: Final = Message("the column {given} stands twice in the first line.")
WRONG_FIELDS: Final = Message(
    "the row has {given} fields, but the table has {wanted} columns; text with a comma needs quotation marks."
)
BAD_CELL: Final = Message("column '{column}': must be {wanted}, but is {given}.{hint}")
SAME_ROW: Final = Message("column '{column}': {given} stands already on line {line}; it must be unique.")
SEASON_SUM: Final = Message(
    "the twelve months of season {given} add up to {total}; they must add up to 12000 permille."
)
SHARE_SUM: Final = Message("the shares of all requests add up to {total}; they must add up to 1.")
OWN_WORK_UNIT: Final = Message(
    "column 'scaling': self_government work happens in settlements, so it must be 'per_resident', but is {given}."
)
VALUE_OUTSIDE: Final = Message("column 'value': {given} lies outside its own range from {low} to {high}.")
LOW_ABOVE_HIGH: Final = Message("column 'low': {low} is above 'high', {high}.")
RESERVED_DEPARTMENT: Final = Message(
    "the software calls the inspections of streets {given}; give the department another id."
)
NO_EVEN_SEASON: Final = Message(
    "there is no season '{season}', in which inspections are held; add a row with 1000 in each month."
)
NO_STREET_ROW: Final = Message("the street {given} has no row in {file}; add it there or correct the name.{hint}")
STREET_WITHOUT_COMMUNITY: Final = Message(
    "the street {given} has no community in {file}; remove the row or add a community."
)
NO_SETTLEMENT: Final = Message("community {given} has no settlement in {file}; every community needs one.")
SAME_ID: Final = Message("column '{column}': the id {given} is also the id of a {other}; every id must be unique.")
DRAWN_RESIDENTS: Final = Message("a world that is drawn needs its number of residents; write world.residents.")
MORE_THAN_THERE_ARE: Final = Message("must be at most {of}, which is {most}, but is {given}.")
DRAWN_TOO_LARGE: Final = Message(
    "the largest would have {residents} residents and {posts} posts, but at most {most_residents} and {most_posts} are "
    "possible; draw more communities or fewer residents."
)
RESIDENTS_RANGE: Final = Message("must be between {low} and {high}, but is {given}.")

# Units of parameters.
UNITS: Final = {
    "cadres": Message("cadres"),
    "cases": Message("cases"),
    "chance": Message("chance"),
    "days": Message("days"),
    "hours/hour": Message("hours/hour"),
    "log": Message("log"),
    "log odds": Message("log odds"),
    "log odds/km": Message("log odds/km"),
    "mandates": Message("mandates"),
    "minutes": Message("minutes"),
    "minutes/day": Message("minutes/day"),
    "minutes/km": Message("minutes/km"),
    "needs/resident/year": Message("needs/resident/year"),
    "per day": Message("per day"),
    "per mandate": Message("per mandate"),
    "per month": Message("per month"),
    "per unit": Message("per unit"),
    "per year": Message("per year"),
    "persons": Message("persons"),
    "ratio": Message("ratio"),
    "ratio of wage": Message("ratio of wage"),
    "residents": Message("residents"),
    "share": Message("share"),
    "standard deviations": Message("standard deviations"),
    "times": Message("times"),
    "years": Message("years"),
    "yuan/hour": Message("yuan/hour"),
    "yuan/month": Message("yuan/month"),
    "yuan/year": Message("yuan/year"),
}

# Files that are written.
RESOLVED_FROM: Final = Message("Resolved from {file}; nothing is extended any more.")
WITH_SETTINGS: Final = Message("Settings written in: {settings}")
PATHS_FROM: Final = Message("Paths count from the folder {folder}.")
IN_THE_WAY: Final = Message("{path}: there is a file of this name already, and nothing is written over it.")
NAME_OF_BASE: Final = Message(
    "'{name}' is the name of the scenario that others build on; give the new one another name, or say with --extends "
    "what it builds on."
)
NEW_HEAD: Final = Message("What is not said here is as in the file that is extended. A # begins a comment.")
NEW_CHECK: Final = Message("Look at it with: govsim scenario explain {path}")
NEW_ID: Final = Message("small letters, digits, - and _")
NEW_TITLE: Final = Message("say what is different, and that it is synthetic")
NEW_NO_REFORM: Final = Message("A list of reforms, of the kinds {known}; see: govsim scenario new --help")
NEW_SOURCE: Final = Message("every value here is a guess until its source is named")
