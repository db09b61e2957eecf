"""Files that several notebooks write: a lock, a write in one step, and a place for what cannot be read."""

import contextlib
import errno
import os
import secrets
import socket
import time

#: A lock that has not changed for so long was left by a Python that died. A write takes some milliseconds.
STALE = 3.0
_PATIENCE = 2 * STALE


@contextlib.contextmanager
def lock(path):
    """Hold `<path>.lock` while the block runs. Raises TimeoutError (an OSError) when others never let go."""
    place = path.with_name(path.name + ".lock")
    mine = f"{os.getpid()} {secrets.token_hex(8)} {socket.gethostname()}"
    _take(place, mine)
    for left in path.parent.glob(f".{path.name}.*"):  # half a file of a Python that died: only a holder of the lock writes
        with contextlib.suppress(OSError):
            left.unlink()
    try:
        yield
    finally:
        if _content(place) == mine:
            with contextlib.suppress(OSError):
                place.unlink()


def _take(place, mine):
    begun = seen_at = time.monotonic()
    seen = None
    while True:
        try:
            handle = os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
        except FileExistsError:
            pass
        except PermissionError:
            if os.name != "nt" or time.monotonic() - begun > 1:  # Windows: the last holder is just deleting it
                raise
        else:
            with os.fdopen(handle, "w") as file:
                file.write(mine)
            return
        # By our own clock: that of a file server may differ.
        now, found = time.monotonic(), _content(place)
        if found != seen:
            seen, seen_at = found, now
        if found is not None and (_orphan(found) or now - seen_at > STALE):
            _break(place, found)
            continue
        if now - begun > _PATIENCE:
            raise TimeoutError(errno.ETIMEDOUT, "another notebook does not let go of the journal")
        time.sleep(0.01)


def _orphan(lock):
    """Whether a lock was left by a Python of this computer that is no longer there: nobody has to wait for it."""
    number, _, rest = lock.partition(" ")
    if os.name == "nt" or not number.isdigit() or rest.partition(" ")[2] != socket.gethostname():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


def _break(place, seen):
    """Take away a lock whose holder is gone, unless somebody else has just done so and locked again."""
    away = place.with_name(f".{place.name}.{secrets.token_hex(4)}")
    with contextlib.suppress(OSError):
        os.rename(place, away)
        if _content(away) != seen:  # a living one's, taken by mistake
            os.link(away, place)
        away.unlink()


def _content(place):
    try:
        return place.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def replace(path, text):
    """Write `text` to `path` in one step: the old file or the new one is there, never half of one."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        with open(temporary, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        for again in range(20):
            try:
                os.replace(temporary, path)
                break
            except PermissionError:  # Windows: somebody is reading the old file
                if os.name != "nt" or again == 19:
                    raise
                time.sleep(0.02)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


def set_aside(path, word):
    """Give a file another name, `04.damaged-1.json`, that no file has yet. Returns that name."""
    number = 1
    while (there := path.with_name(f"{path.stem}.{word}-{number}{path.suffix}")).exists():
        number += 1
    os.rename(path, there)
    return there.name


def reason(problem):
    """Why a file could not be written, in plain words."""
    full = "the disk is full"
    return {
        errno.ENOSPC: full, getattr(errno, "EDQUOT", errno.ENOSPC): full, errno.EROFS: "the folder is read-only",
        errno.EACCES: "the folder is read-only", errno.EPERM: "the folder is read-only",
        errno.ETIMEDOUT: "another notebook does not let go of the journal",
    }.get(problem.errno, "the folder does not take them")
