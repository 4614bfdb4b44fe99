"""Token features shared by training and by the Rust reader: hashed rows of one embedding table, and a word-vector row.

A token is (form). Every feature is a string hashed by 32-bit FNV-1a with a seed byte, modulo ROWS. The Rust side
(crates/model) computes the same numbers; a test compares the two on a committed list.
"""
import re

ROWS = 24576
FEATURES = 11


def fnv(seed, text):
    h = (0x811C9DC5 ^ seed) * 0x01000193 & 0xFFFFFFFF
    for b in text.encode("utf-8"):
        h = (h ^ b) * 0x01000193 & 0xFFFFFFFF
    return h ^ (h >> 15)


def shape(form):
    out, last, run = [], "", 0
    for ch in form:
        c = "X" if ch.isupper() else "x" if ch.isalpha() else "0" if ch.isdigit() else ch
        run = run + 1 if c == last else 1
        last = c
        if run <= 3:
            out.append(c)
    return "".join(out[:10])


def fold(form):
    return re.sub(r"[0-9]", "0", form.lower().replace("’", "'").replace("‘", "'"))


_cache = {}


def rows(form):
    """The FEATURES table rows of a form."""
    got = _cache.get(form)
    if got is None:
        w = fold(form)
        parts = [w, w[:1], w[:2], w[:3], w[:4], w[-1:], w[-2:], w[-3:], w[-4:], w[-5:], shape(form)]
        got = _cache[form] = [fnv(i + 1, p) % ROWS for i, p in enumerate(parts)]
    return got
