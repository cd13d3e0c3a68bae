"""Every sentence of the code stands in the Chinese catalogue, whole, and is said in the language in force."""

from __future__ import annotations

import gettext
import io
import re
import threading
from string import Formatter

import pytest
from babel.messages import mofile, pofile
from babel.messages.extract import extract_from_dir

from govsim import language
from govsim.language import CATALOGUES, DOMAIN, Message, in_force, say, translated, use, using
from tests.architecture.source import PACKAGE

FOLDER = CATALOGUES / "zh" / "LC_MESSAGES"
HAN = re.compile("[\u4e00-\u9fff]")
HINT = Message(" Write it as {wanted}.")


def catalogue():
    with (FOLDER / f"{DOMAIN}.po").open("rb") as file:
        return pofile.read_po(file, locale="zh")


ENTRIES = [entry for entry in catalogue() if entry.id]


def fields(sentence):
    return {field for _, field, _, _ in Formatter().parse(sentence) if field is not None}


def is_layout(sentence):
    """Return whether there is nothing to say but values and marks."""
    return not re.search("[A-Za-z]", re.sub("{[^}]*}", "", sentence))


@pytest.fixture(autouse=True)
def english_afterwards():
    yield
    use("en")


def test_the_catalogue_has_the_sentences_of_the_code_and_no_others():
    found = extract_from_dir(str(PACKAGE), keywords={"Message": None, "marked": None}, comment_tags=())
    assert {entry.id for entry in ENTRIES} == {message for _, _, message, _, _ in found}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_every_sentence_is_translated_for_certain_and_takes_the_same_values(entry):
    assert entry.string
    assert not entry.fuzzy
    assert fields(entry.string) == fields(entry.id)
    assert HAN.search(entry.string) or is_layout(entry.id)
    assert entry.string.count("\n") == entry.id.count("\n")


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_chinese_is_punctuated_in_full_width(entry):
    assert not re.search("[\u4e00-\u9fff”）}] ?[,.;!?]", entry.string)
    assert not re.search("[\u4e00-\u9fff”）]:(?! 值)", entry.string)
    assert (entry.string[-1] in "。？") == (entry.id[-1] in ".?")


def test_the_compiled_catalogue_is_what_the_text_compiles_to():
    compiled = io.BytesIO()
    mofile.write_mo(compiled, catalogue())
    compiled.seek(0)
    with (FOLDER / f"{DOMAIN}.mo").open("rb") as file:
        shipped = gettext.GNUTranslations(file)
    meant = gettext.GNUTranslations(compiled)
    assert {entry.id: shipped.gettext(entry.id) for entry in ENTRIES} == {
        entry.id: meant.gettext(entry.id) for entry in ENTRIES
    }
    assert len(shipped._catalog) == len(meant._catalog)


def test_a_message_is_said_in_the_language_in_force_when_it_is_formatted():
    assert HINT.format(wanted=3) == " Write it as 3."
    with using("zh"):
        assert HINT.format(wanted=3) == "请写作 3。"
    assert str(HINT) == " Write it as {wanted}."


def test_a_message_inside_a_message_is_translated_too():
    with using("zh"):
        assert HINT.format(wanted=Message("a whole number")) == "请写作 整数。"


def test_a_block_ends_and_the_language_of_the_process_is_back_even_after_an_error():
    use("zh")
    with pytest.raises(KeyError), using("en"):
        raise KeyError
    assert in_force() == "zh"


def test_threads_speak_the_language_of_the_process_and_not_that_of_a_block():
    heard = []
    use("zh")
    with using("en"):
        thread = threading.Thread(target=lambda: heard.append(in_force()))
        thread.start()
        thread.join()
    assert heard == ["zh"]


@pytest.mark.parametrize("speak", [use, lambda lang: using(lang).__enter__(), lambda lang: say("unit", lang)])
def test_a_language_that_is_none_is_refused(speak):
    with pytest.raises(ValueError, match="one of en, zh"):
        speak("fr")


def test_a_sentence_that_no_catalogue_has_stays_english():
    with using("zh"):
        assert translated("never written down") == "never written down"


def test_a_sentence_by_key_is_said_in_the_language_asked_for_or_else_in_force():
    assert (say("unit"), say("unit", "zh")) == ("unit", "单位")
    with using("zh"):
        assert (say("unit"), say("unit", "en")) == ("单位", "unit")


def test_the_empty_sentence_is_not_the_head_of_the_catalogue():
    with using("zh"):
        assert str(Message("worse")) == "变差", "the catalogue has been read"
        assert str(Message("")) == ""
    assert "Content-Type" in language._read["zh"].gettext("")
