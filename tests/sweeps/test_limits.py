"""Where the system refuses to write, a sweep ends with one sentence, and what is whole stays whole."""

from __future__ import annotations

import errno
import functools
import os
import platform
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sweeps.small_plans import SMALL, contents

SOURCE = Path(__file__).parents[2] / "src"
MAIN = "from govsim.cli import main; main()"
LIMITED = f"""
import resource, sys
limit = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
{MAIN}
"""
# A disk of a certain size, which becomes larger after the first attempt; it is gone with the process that has it.
ON_A_SMALL_DISK = """
mkdir disk && mount -t tmpfs -o "$1" tmpfs disk && more=$2 && shift 2 || exit 1
"$@" 2> full.said; echo $? > full.code
cp -R disk full
mount -o "remount,$more" tmpfs disk || exit 1
"$@" 2> roomy.said; echo $? > roomy.code
cp -R disk roomy
"""
# Root may mount in a namespace of mounts; others need one of users besides, where the system lets them have it.
NAMESPACES = (("unshare", "--mount"), ("unshare", "--user", "--map-root-user", "--mount"))
# A filter of system calls that lets one of them fail, for this process and all that it starts: load the number of the
# call, compare it, and return the error or let it pass.
REFUSING = f"""
import ctypes, struct, sys
call, error = int(sys.argv.pop(1)), int(sys.argv.pop(1))
steps = ((0x20, 0, 0, 0), (0x15, 0, 1, call), (0x06, 0, 0, 0x00050000 | error), (0x06, 0, 0, 0x7FFF0000))
program = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *step) for step in steps))
head = ctypes.create_string_buffer(struct.pack("@HP", len(steps), ctypes.addressof(program)))
system = ctypes.CDLL(None, use_errno=True)
no_new_privileges, set_filter, by_program = 38, 22, 2
if system.prctl(no_new_privileges, 1, 0, 0, 0) or system.prctl(set_filter, by_program, head, 0, 0):
    sys.exit(99)
{MAIN}
"""
FSYNC = {"x86_64": 74, "aarch64": 82, "riscv64": 82}.get(platform.machine())
# No system call tells a folder from a file by its number alone.
WITH_FOLDERS_REFUSED = f"""
import os, stat, sys
sync, error = os.fsync, int(sys.argv.pop(1))
def refuse_folders(descriptor):
    if stat.S_ISDIR(os.fstat(descriptor).st_mode):
        raise OSError(error, os.strerror(error))
    sync(descriptor)
os.fsync = refuse_folders
{MAIN}
"""


def sweeping(place, n_jobs=1, out="store", part="1/1"):
    """Return the arguments of a sweep."""
    command = ["sweep", "run", str(place.plan_file(SMALL)), "--out", out, "--n-jobs", str(n_jobs), "--shard", part]
    return [*command, "--quiet"]


def called(place, *command):
    """Run a command in the folder of a place."""
    return subprocess.run(
        [*map(str, command)],
        cwd=place.folder,
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


def limited(place, limit):
    """Run a sweep in a process whose files may not become larger than so many bytes."""
    return called(place, sys.executable, "-c", LIMITED, limit, *sweeping(place))


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_FSIZE"), reason="no such limit on this system")
@pytest.mark.parametrize("limit", [0, *(pytest.param(n, marks=pytest.mark.nightly) for n in (1, 1024, 4096)), 16384])
def test_files_that_may_not_grow_end_a_sweep_with_74_and_it_goes_on_later(place, swept, limit):
    done = limited(place, limit)
    assert done.returncode == 74, done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert "cannot write here" in done.stderr
    store = place.store()
    assert store.sealed().damaged == {}
    assert contents(place.swept(SMALL)) == contents(swept)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_said_before_any_run(place):
    (place.folder / "store").mkdir(mode=0o500)
    done = limited(place, resource.RLIM_INFINITY)
    assert done.returncode == 74
    assert "not permitted" in done.stderr


@functools.cache
def namespace():
    """Return what a command is put behind so that it may mount, or None where nobody may."""
    for words in NAMESPACES if shutil.which("unshare") else ():
        tried = subprocess.run(
            [*words, "sh", "-c", "mount -t tmpfs -o size=4k tmpfs /tmp"], capture_output=True, timeout=60, check=False
        )
        if tried.returncode == 0:
            return words
    return None


SIZES = [f"size={n}k" for n in (4, 8, 16, 32, 48, 64, 96, 112, 128)]  # a whole sweep takes some 136
SIZES += [f"nr_inodes={n}" for n in (2, 3, 4, 5, 6, 7, 8, 9, 12)]
DISKS = [(size, n_jobs) for size in SIZES for n_jobs in (1, 2)]
# One at which data do not fit, and one at which the names of files do not.
IN_EVERY_TEST = [("size=64k", 2), ("nr_inodes=5", 1)]


def but_at_night(cases, at_all_times):
    """Return the cases as parameters, of which some are tried with every change."""
    return [pytest.param(*each, marks=() if each in at_all_times else pytest.mark.nightly) for each in cases]


@pytest.mark.parametrize(("disk", "n_jobs"), but_at_night(DISKS, IN_EVERY_TEST))
def test_a_disk_that_is_really_full_ends_a_sweep_with_74_and_the_same_command_goes_on_with_room(
    place, swept, disk, n_jobs
):
    if namespace() is None:
        pytest.skip("this system lets nobody mount a small disk, neither as root nor in a namespace of users")
    command = [sys.executable, "-c", MAIN, *sweeping(place, n_jobs, out="disk/store")]
    room = "size=16m" if disk.startswith("size") else "nr_inodes=1000"
    done = called(place, *namespace(), "sh", "-c", ON_A_SMALL_DISK, "sh", disk, room, *command)
    assert done.returncode == 0, done.stderr

    def said(name):
        return (place.folder / name).read_text(encoding="utf-8")

    assert (said("full.code"), said("full.said")) == ("74\n", "disk/store: cannot write here: no space is left.\n")
    assert sealed_digests(place.store("full/store")).items() < contents(swept)["digests"].items()
    assert (said("roomy.code"), said("roomy.said")) == ("0\n", "")
    assert contents(place.store("roomy/store")) == contents(swept)


def sealed_digests(store):
    """Return the digests of a store in which nothing is half-written."""
    sealed = store.sealed()
    assert sealed.damaged == {}
    return sealed.digests


def begun(place):
    """Seal a part of a sweep, and return the digests of its runs."""
    assert called(place, sys.executable, "-c", MAIN, *sweeping(place, part="1/4")).returncode == 0
    return sealed_digests(place.store())


def check_it_goes_on(place, swept):
    done = called(place, sys.executable, "-c", MAIN, *sweeping(place))
    assert (done.returncode, done.stderr) == (0, "")
    assert contents(place.store()) == contents(swept)


WORDS = {errno.EIO: "the disk reports an error", errno.EDQUOT: "the quota is used up"}
SYNCS = [(error, begun, n_jobs) for error in WORDS for begun, n_jobs in ((False, 1), (True, 1), (True, 2))]


@pytest.mark.skipif(sys.platform != "linux" or FSYNC is None, reason="the number of the call is not known here")
@pytest.mark.parametrize(("error", "is_begun", "n_jobs"), but_at_night(SYNCS, [SYNCS[0], SYNCS[2]]))
def test_where_the_system_cannot_make_sure_of_a_file_it_is_not_published(place, swept, error, is_begun, n_jobs):
    before = begun(place) if is_begun else {}
    done = called(place, sys.executable, "-c", REFUSING, FSYNC, error, *sweeping(place, n_jobs))
    if done.returncode == 99:
        pytest.skip("this system lets no process have a filter of system calls")
    assert (done.returncode, done.stderr) == (74, f"store: cannot write here: {WORDS[error]}.\n")
    assert sealed_digests(place.store()) == before
    assert (place.folder / "store" / "record.json").exists() == is_begun
    assert list((place.folder / "store" / "tmp").iterdir()) == []
    check_it_goes_on(place, swept)


@pytest.mark.parametrize("is_begun", [pytest.param(False, marks=pytest.mark.nightly), True])
def test_where_the_system_cannot_make_sure_of_a_folder_what_is_there_is_whole(place, swept, is_begun):
    before = begun(place) if is_begun else {}
    done = called(place, sys.executable, "-c", WITH_FOLDERS_REFUSED, errno.EIO, *sweeping(place))
    assert (done.returncode, done.stderr) == (74, "store: cannot write here: the disk reports an error.\n")
    after = sealed_digests(place.store())
    assert before.items() <= after.items() < contents(swept)["digests"].items()
    assert len(after) - len(before) <= 4  # the file of at most four runs at which it was noticed
    check_it_goes_on(place, swept)
