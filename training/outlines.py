"""Outlines of documents (`cargo xtask train-claims --outlines`) as arrays for `claims.py`.

usage: outlines.py OUTLINES.jsonl ENGLISH.safetensors ENCODER MEANINGS.npz OUT.npz

A *window* is a run of whole sentences of one document. Words, acts, claims and the options of claims lie in flat arrays,
window by window; `X.first` says where those of each window, or of each claim, begin.
"""
import argparse, json, pathlib

import numpy as np
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from features import fold, rows

ROOM, LONGEST = 300, 340  # words of a window; a longer sentence is left out
PIECES, UNKNOWN = 6, 104
RUNNING, MARK, OWN = 0, 1, 2


class Table(dict):
    """Rows of whole numbers by name, and where each owner's rows begin."""

    def add(self, name, rows):
        self.setdefault(name, []).extend(rows)

    def begin(self, name, of):
        self.setdefault(name + ".first", []).append(len(self.get(of, [])))


def windows(doc):
    """Ranges of sentences."""
    size, out, start = [len(s) for s in doc["sentences"]], [], 0
    while start < len(size):
        end, words = start, 0
        while end < len(size) and (end == start or words + size[end] <= ROOM):
            words += size[end]
            end += 1
        if words <= LONGEST:
            out.append((start, end))
        start = end
    return out


def put(doc, kind, number, table, forms):
    text = doc["text"].encode()
    acts, claims = {}, {}
    for a in doc["acts"]:
        acts.setdefault(a[0], []).append(a)
    for c in doc["claims"]:
        claims.setdefault(c["at"][0], []).append(c)
    for start, end in windows(doc):
        if not any(s in acts for s in range(start, end)):
            continue
        for name in ("word", "act", "claim"):
            table.begin("window." + name, name)
        table.add("window", [[kind, number]])
        bases = {}
        for s in range(start, end):
            base = bases[s] = len(table.get("word", []))
            table["sentence"] = sentence = table.get("sentence", 0) + 1
            table.add("word", [
                [forms.setdefault(text[t[0] : t[1]].decode("utf-8", "replace"), len(forms)), t[2], t[3], 0 if t[4] < 0 else t[4] - i, t[5] | t[6] << 25, sentence]
                for i, t in enumerate(doc["sentences"][s])
            ])
            at = lambda head: -1 if head < 0 else base + head
            table.add("act", [[base + a[1], *a[2:]] for a in acts.get(s, [])])
            for c in claims.get(s, []):
                for name in ("source", "own", "carried"):
                    table.begin("claim." + name, name)
                status = c["status"] or [0] * 20
                table.add("claim", [[base + c["at"][1], *c["at"][2:], *c["stance"], *status, *[n for row in c["nobody"] for n in row]]])
                table.add("source", [[*r[:3], at(r[3]), *r[4:]] for r in c["source"]])
                table.add("own", [[*r[:13], at(r[13]), *r[14:]] for r in c["own"]])
                # where the earlier act and its filler stand, if in this window
                there = lambda s, i: bases[s] + i if s in bases and i >= 0 else -1
                table.add("carried", [[*r[:7], there(r[7], r[8]), there(r[7], r[9])] for r in c["carried"]])


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("outlines", "language", "encoder", "meanings", "out"):
        ap.add_argument(name, type=pathlib.Path)
    args = ap.parse_args()
    table, forms = Table(), {"": 0}
    for n, line in enumerate(open(args.outlines, encoding="utf-8")):
        doc = json.loads(line)
        if doc["own"] is not None:
            put(doc, OWN if doc["own"] else MARK, n, table, forms)
        elif doc["claims"]:
            put(doc, RUNNING, -1, table, forms)
    for name, of in (("window.word", "word"), ("window.act", "act"), ("window.claim", "claim"), ("claim.source", "source"), ("claim.own", "own"), ("claim.carried", "carried")):
        table.begin(name, of)
    del table["sentence"]
    arrays = {}
    for name, rows_ in table.items():
        a = np.array(rows_)
        arrays[name] = a.astype(np.int32 if name in ("word",) or np.abs(a).max() > 32000 else np.int16)
    known = bytes(load_file(args.language)["words"]).decode().split("\n")
    words = {w: i + 1 for i, w in enumerate(known)}
    feats = np.array([[*rows(f), words.get(fold(f), 0) if f else 0] for f in forms], np.int32)
    cutter = Tokenizer.from_file(str(args.encoder / "tokenizer.json"))
    cutter.no_padding(), cutter.no_truncation()
    cut = [e.ids[:PIECES] or [UNKNOWN] for e in cutter.encode_batch(list(forms), add_special_tokens=False)]
    pieces = np.array([c + [0] * (PIECES - len(c)) for c in cut], np.int32)
    count = np.array([len(c) for c in cut], np.int8)
    z = np.load(args.meanings)
    meant = {w: i + 1 for i, w in enumerate(bytes(z["words"]).decode().split("\n"))}
    meanings = {"meaning": np.array([meant.get(f.lower(), 0) for f in forms], np.int32), "meanings": z["table"]}
    np.savez_compressed(args.out, feats=feats, pieces=pieces, count=count, **meanings, **arrays)
    for name, a in arrays.items():
        print(name, a.shape, a.dtype)


if __name__ == "__main__":
    main()
