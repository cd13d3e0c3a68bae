"""Every sentence the input layer says, in one place, so that it can be reviewed and translated as a whole."""

from __future__ import annotations

from typing import Final

MORE: Final = "... and at least {number} more."

# Files.
NO_FILE: Final = "there is no such file.{hint}"
A_FOLDER: Final = "this is a folder; name a file in it."
NOT_REGULAR: Final = "this is not an ordinary file; only ordinary files are read."
UNREADABLE: Final = "the file cannot be read: {reason}."
TOO_LARGE: Final = "the file is larger than {limit} KiB, the most that is read; split it or remove what is not needed."
UTF_16: Final = "the file is saved as UTF-16; save it as UTF-8."
NOT_UTF_8: Final = "this line is not UTF-8 (it may be GBK); save the file as UTF-8."
BAD_CHARACTER: Final = "the invisible or control character {code} ({name}) stands here; delete it."
NOT_NFC: Final = (
    "a character on this line is stored in parts or in an outdated form; save the text in Unicode form NFC."
)
OUTSIDE_PROJECT: Final = (
    "the path {given} leads outside the project; name a file in this folder, or in one beside it with a single '../'."
)
NO_LINKED_FILE: Final = "there is no file or folder {given} here; paths count from the folder of this file.{hint}"

# YAML.
EMPTY: Final = "the file is empty; a scenario begins with 'schema: govsim/scenario@1'."
ROOT_NOT_KEYS: Final = (
    "the file holds {given} where keys are expected; a scenario begins with 'schema: govsim/scenario@1'."
)
SECOND_DOCUMENT: Final = "a second document begins here ('---'); a file holds one scenario."
DIRECTIVE: Final = "a line that begins with '%' is a YAML directive, and directives are not allowed; remove the line."
ANCHOR: Final = (
    "'&{name}' marks a text for repetition (a YAML anchor), which is not allowed; write the text out "
    "where it is needed."
)
ALIAS: Final = "'*{name}' repeats another text (a YAML alias), which is not allowed; write the text out here."
MERGE: Final = "'<<' merges keys from elsewhere, which is not allowed; write the keys out, or use 'extends'."
TAG: Final = "the YAML tag {given} is not allowed; write the plain value without a word that begins with '!'."
TOO_DEEP: Final = "blocks are nested more than {limit} deep; a scenario needs fewer than 10 levels."
TOO_MANY: Final = "the file holds more than {limit} values; a scenario needs a few hundred."
LONG_INTEGER: Final = "this whole number has {digits} digits; at most {limit} are read."
KEY_NOT_TEXT: Final = "a key must be a word, but is {given}."
DUPLICATE_KEY: Final = "the key {given} is written twice, first on line {line}; keep one of them."
BROKEN: Final = "the file cannot be understood from here on; check colons, quotation marks, brackets and indentation."
SYNTAX: Final = "this is not valid YAML ({problem}).{hint}"
FULL_WIDTH_HINT: Final = " A key here is followed by the full-width colon '\uff1a'; use ':' and a blank."

# Keys and values of a scenario.
# As ``errors.did_you_mean`` says it.
DID_YOU_MEAN: Final = "Did you mean '{word}'?"
UNKNOWN_KEY: Final = "there is no key {given} here.{hint}"
KNOWN_KEYS: Final = " The keys here are: {known}."
MISPLACED_KEY: Final = " It belongs under '{home}'."
TOP_KEY: Final = " It belongs to the top of the file, without indentation."
NOT_A_MAPPING_KEY: Final = "the key '{key}' is missing."
WRONG_TYPE: Final = "must be {wanted}, but is {given}.{hint}"
OUT_OF_RANGE: Final = "must be {wanted}, but is {given}."
NOT_A_CHOICE: Final = "must be one of {known}, but is {given}.{hint}"
BAD_PATTERN: Final = "must be {wanted}, but is {given}."
OTHER: Final = "{reason}; given is {given}."
QUOTES_HINT: Final = " Write it without quotation marks."
DIGITS_HINT: Final = " Use ordinary digits: {wanted}."
PERCENT_HINT: Final = " Write a share, 10% as 0.1."
SEPARATOR_HINT: Final = " Write numbers without separators: {wanted}."
WHOLE_HINT: Final = " Write it as {wanted}."
TRUTH_HINT: Final = " Write true or false."
MAPPING_HINT: Final = " Write it as 'key: value' lines below, indented."
LIST_HINT: Final = " Write it in brackets: [{given}]."
TRUTH_FOR_NUMBER_HINT: Final = " Write 1 or 0 if a number is meant."

# Parameters and rules.
UNKNOWN_PARAMETER: Final = "no parameter is called {given}.{hint}"
GROUP_HINT: Final = " Write the whole path on one line, such as '{example}: ...'."
PARAMETER_RANGE: Final = "must lie between {low} and {high} ({unit}), but is {given}."

# Files that build on others.
SECOND_EXTENDS: Final = "{given} itself extends another file, and only one level is allowed; extend that file directly."
OWN_ID: Final = "a scenario that extends another needs an id of its own."

# Reforms.
NO_USE: Final = "the key 'use' is missing; it names the kind of reform, one of: {known}."
UNKNOWN_REFORM: Final = "no reform is called {given}.{hint} The reforms are: {known}."
SAME_REFORM: Final = "two reforms have the id {given}, the other at {other}; give each reform an id of its own."
BAD_REFORM_ID: Final = "must be made of small letters, digits, '-' and '_', but is {given}."
UNKNOWN_STREET: Final = "no street of this world is called {given}.{hint}"
UNKNOWN_COMMUNITY: Final = "no community of this world is called {given}.{hint}"
STREET_AS_COMMUNITY: Final = " It is a street; name it in 'in_streets'."
COMMUNITY_AS_STREET: Final = " It is a community; name it in 'in_communities'."
KNOWN_PLACES: Final = " There are: {known}."
SHRUNK_AWAY: Final = (
    "none of the places named is left in a world of {residents} residents; name others or raise world.residents."
)
STARTS_EARLY: Final = (
    "{given} lies before the first month of the run, {first} (the warm-up included); start then or later."
)
ENDS_EARLY: Final = (
    "{given} is not after the start, {start}; a reform ends in a later month than it starts, or has no end."
)

# --set.
NOT_A_SETTING: Final = "a setting is written path=value, such as horizon.years=5, but is {given}."
SET_TWICE: Final = "{given} is set twice; keep one of them."
UNKNOWN_SETTING: Final = "nothing that can be set is called {given}.{hint}"
NO_REFORMS: Final = "this scenario has no reform {given}; it has none at all."
UNKNOWN_REFORM_ID: Final = "this scenario has no reform {given}.{hint} It has: {known}."
UNKNOWN_REFORM_FIELD: Final = "the reform has nothing called {given}.{hint} It has: {known}."
SETTING_HELP: Final = " Settings begin with world, horizon, rules, reforms, or the path of a parameter."

# Tables.
EMPTY_TABLE: Final = "the table has no rows; its first line names the columns, and rows follow."
BROKEN_TABLE: Final = "this row cannot be read ({reason}); check its quotation marks."
MISSING_COLUMN: Final = "the column '{column}' is missing; the columns are: {known}."
KNOWN_COLUMNS: Final = " The columns are: {known}."
UNKNOWN_COLUMN: Final = "there is no column {given} in this table.{hint}"
SAME_COLUMN: Final = "the column {given} stands twice in the first line."
WRONG_FIELDS: Final = (
    "the row has {given} fields, but the table has {wanted} columns; text with a comma needs quotation marks."
)
BAD_CELL: Final = "column '{column}': must be {wanted}, but is {given}.{hint}"
SAME_ROW: Final = "column '{column}': {given} stands already on line {line}; it must be unique."
SEASON_SUM: Final = "the twelve months of season {given} add up to {total}; they must add up to 12000 permille."
SHARE_SUM: Final = "the shares of all requests add up to {total}; they must add up to 1."
OWN_WORK_UNIT: Final = (
    "column 'scaling': self_government work happens in settlements, so it must be 'per_resident', but is {given}."
)
VALUE_OUTSIDE: Final = "column 'value': {given} lies outside its own range from {low} to {high}."
LOW_ABOVE_HIGH: Final = "column 'low': {low} is above 'high', {high}."
RESERVED_DEPARTMENT: Final = "the software calls the inspections of streets {given}; give the department another id."
NO_EVEN_SEASON: Final = (
    "there is no season '{season}', in which inspections are held; add a row with 1000 in each month."
)
NO_STREET_ROW: Final = "the street {given} has no row in {file}; add it there or correct the name.{hint}"
STREET_WITHOUT_COMMUNITY: Final = "the street {given} has no community in {file}; remove the row or add a community."
NO_SETTLEMENT: Final = "community {given} has no settlement in {file}; every community needs one."
SAME_ID: Final = "column '{column}': the id {given} is also the id of a {other}; every id must be unique."
RESIDENTS_RANGE: Final = "must be between {low} and {high}, but is {given}."
