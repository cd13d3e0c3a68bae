"""Which language the command line answers in, and how it says what is wrong with what was typed."""

from __future__ import annotations

import re

import pytest
from typer.testing import CliRunner

from govsim.cli import app
from govsim.cli.speaking import language_and_rest
from govsim.errors import ScenarioError

HAN = re.compile("[\u4e00-\u9fff]")
# What is typed and what it is called stays as it is in every language.
TYPED = re.compile(
    r"“[^”]*”|--[a-z-]+|GOVSIM_LANG|JSON|BASELINE|REFORM|SCENARIO|FILE|PATH=VALUE|DIR|\bN\b|\ben\b|\bzh\b"
)

COMMANDS = [(), ("run",), ("compare",), ("demo",), ("view",), ("scenario",)]
COMMANDS += [("scenario", name) for name in ("list", "show", "check", "explain", "diff", "new", "schema")]
WRONG = [
    (["rum"], "no command 'rum'. Did you mean 'run'? See 'govsim --help'.", "没有名为“rum”的命令。是否应为“run”？"),
    (["scenario", "chek"], "Did you mean 'check'?", "是否应为“check”？请看“govsim scenario --help”。"),
    (["dance"], "there is no command 'dance'. See 'govsim --help'.", "没有名为“dance”的命令。请看"),
    (["--lang", "en", "--quite", "run"], "there is no option '--quite' here.", None),
    (["compare", "a", "b", "--sedes", "3"], "no option '--sedes' here. Did you mean '--seeds'?", "没有选项“--sedes”"),
    (["run", "a", "-x"], "there is no option '-x' here.", "没有选项“-x”"),
    (["compare"], "BASELINE is missing.", "缺少 BASELINE。"),
    (["compare", "a"], "REFORM is missing.", "缺少 REFORM。"),
    (["run", "a", "b", "c"], "'b c' is more than this command takes.", "“b c”超出此命令所需的参数。"),
    (["run", "a", "--seed"], "the option '--seed' needs a value.", "选项“--seed”后面缺少值。"),
    (["run", "a", "--json=1"], "the option '--json' takes no value.", "选项“--json”后面不能有值。"),
    (["run", "a", "--seed", "x"], "--seed: must be a whole number, 0 or more", "--seed：应为不小于 0 的整数，现为"),
    (["run", "a", "--seed", "1.5"], "but is '1.5'.", "现为“1.5”。"),
    (["run", "a", "--seed", "9" * 30], "must be a whole number", "应为不小于 0 的整数"),
    (["compare", "a", "b", "--seeds", "0"], "must be a whole number, 1 or more, but is '0'.", "应为不小于 1 的整数"),
    (["compare", "a", "b", "--n-jobs", "0"], "must be 1 or more, or -1 for every core", "以 -1 表示使用全部核心"),
    (["run", "a", "--lang", "fr"], "--lang: the language must be en or zh, but is 'fr'.", None),
    (["view", "--port", "0"], "--port: must be a port from 1 to 65535, but is '0'.", "--port：应为 1 至 65535 之间"),
    (["view", "--port", "99999"], "must be a port from 1 to 65535", "现为“99999”。"),
    (["run", "a\x1b[31m", "b\x1b[31m"], "'b\\x1b[31m' is more", "“b\\x1b[31m”超出"),
]  # fmt: skip


def said(arguments, lang):
    done = CliRunner(env={"GOVSIM_LANG": lang}).invoke(app, arguments)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert done.stderr.replace("\n", "").isprintable()
    return done.stderr


@pytest.mark.parametrize(("arguments", "english", "chinese"), WRONG, ids=lambda value: str(value)[:30])
def test_what_was_typed_wrongly_is_said_in_one_sentence_in_either_language(arguments, english, chinese):
    assert english in said(arguments, "en")
    if chinese is not None:
        message = said(arguments, "zh")
        assert chinese in message
        assert not re.search("[A-Za-z]{2,}", TYPED.sub("", message.replace("govsim", "")))


@pytest.mark.parametrize("path", COMMANDS)
def test_the_help_of_every_command_is_whole_in_both_languages(path):
    pages = {
        lang: CliRunner(env={"GOVSIM_LANG": lang, "COLUMNS": "200"}).invoke(app, [*path, "--help"]).stdout
        for lang in ("en", "zh")
    }
    assert pages["en"].startswith(f"Usage: govsim {' '.join(path)}".rstrip())
    assert not HAN.search(pages["en"])
    options = {lang: re.findall(r"--[a-z-]+", page) for lang, page in pages.items()}
    assert sorted(options["en"]) == sorted(options["zh"])
    about = pages["zh"].split("\n", 2)[2]
    assert not re.search("[A-Za-z]{2,} [A-Za-z]{2,}", TYPED.sub("", about))


@pytest.mark.parametrize(
    ("words", "environment", "lang"),
    [
        (["run"], {}, "en"),
        (["run", "--lang", "zh"], {"GOVSIM_LANG": "en", "LANG": "en_GB.UTF-8"}, "zh"),
        (["run", "--lang=en"], {"GOVSIM_LANG": "zh"}, "en"),
        (["--lang", "en", "run", "--lang", "zh"], {}, "zh"),
        (["run", "--", "--lang", "zh"], {}, "en"),
        (["run"], {"GOVSIM_LANG": "zh", "LANG": "en_GB.UTF-8"}, "zh"),
        (["run"], {"GOVSIM_LANG": "", "LANG": "zh_CN.UTF-8"}, "zh"),
        (["run"], {"LC_ALL": "en_GB.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        (["run"], {"LC_ALL": "", "LC_MESSAGES": "zh_TW.UTF-8", "LANG": "C"}, "zh"),
        (["run"], {"LANG": "de_DE.UTF-8"}, "en"),
    ],
)
def test_the_option_wins_over_the_variable_and_the_variable_over_the_locale(words, environment, lang):
    assert language_and_rest(words, environment)[0] == lang


def test_the_words_that_ask_for_a_language_are_taken_out_wherever_they_stand_before_a_double_dash():
    words = ["--lang", "zh", "run", "--lang=en", "x", "--json", "--", "--lang", "zh"]
    assert language_and_rest(words, {}) == ("en", ["run", "x", "--json", "--", "--lang", "zh"])


def test_an_option_without_its_language_is_refused():
    with pytest.raises(ScenarioError, match="--lang: the language must be en or zh, but is ''"):
        language_and_rest(["run", "--lang"], {})


def test_a_variable_that_names_no_language_is_refused_in_the_language_and_rest_the_locale():
    with pytest.raises(ScenarioError, match="GOVSIM_LANG: the language must be en or zh, but is 'fr'"):
        language_and_rest(["run"], {"GOVSIM_LANG": "fr"})
    with pytest.raises(ScenarioError, match="GOVSIM_LANG：语言应为 en 或 zh，现为“fr”"):
        language_and_rest(["run"], {"GOVSIM_LANG": "fr", "LANG": "zh_CN.UTF-8"})
    assert "GOVSIM_LANG: the language must be en or zh, but is 'fr'" in said(["run", "x"], "fr")


@pytest.mark.parametrize("name", ["zh", "zh_CN", "zh_CN.UTF-8", "zh-Hans", "ZH"])
def test_a_language_may_be_named_as_locales_name_it(name):
    assert language_and_rest(["--lang", name, "run"], {})[0] == "zh"
    assert language_and_rest(["run"], {"GOVSIM_LANG": name})[0] == "zh"


def test_a_language_that_is_not_spoken_is_refused_in_the_one_asked_for_otherwise():
    with pytest.raises(ScenarioError, match="语言应为"):
        language_and_rest(["--lang", "cn"], {"GOVSIM_LANG": "zh"})
