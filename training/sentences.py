"""Learns where sentences end: one weight for each hashed feature of the gap between two words.

usage: sentences.py DATA OUT.bin

A gap's score is the sum of the weights of its features; above zero, a sentence ends there. Features are strings of the
words around the gap and of the sentence so far, hashed as in features.py; crates/model/src/sentences/gaps.rs computes
the same. Read: the train halves of EWT and GUM, and of `ner/worldwide`: paragraphs of news, in which no sentence ends but
behind a stop (a quarter of them). Written: ROWS weights of 8 bits. Seeds are fixed.
"""
import pathlib, random, sys
import numpy as np
import torch
from features import fnv

ROWS = 32768
NEWS = "ner/worldwide/train.tsv"
FILES = ("ud/ewt/en_ewt-ud-train.conllu", "ud/gum/en_gum-clean-ud-train.conllu")
EDGE = ("", "|", False)
STOPS, CLOSERS = set(".!…A"), set("\")”’'")
OPEN, CLOSE = {"(", "["}, {")", "]"}


def paragraphs(path):
    """Documents of paragraphs of sentences of (form, whether a space follows)."""
    docs = []
    for block in open(path, encoding="utf-8").read().split("\n\n"):
        lines = block.split("\n")
        heads = [l for l in lines if l.startswith("#")]
        if any(h.startswith("# newdoc") for h in heads):
            docs.append([])
        if any(h.startswith(("# newpar", "# newdoc")) for h in heads):
            docs[-1].append([])
        words, inside_until, glue = [], 0, False
        for cells in (l.split("\t") for l in lines if not l.startswith("#")):
            if len(cells) != 10:
                continue
            glued = "SpaceAfter=No" in cells[9].split("|")
            if "-" in cells[0]:
                inside_until, glue = int(cells[0].split("-")[1]), glued
            elif cells[0].isdigit():
                n = int(cells[0])
                words.append((cells[1], n > inside_until and not glued or n == inside_until and not glue))
        if words:
            docs[-1][-1].append(words)
    return docs


def spaced(forms):
    """Words of a sentence with whether a space follows, by how English is written."""
    out, quotes = [], False
    for form, after in zip(forms, forms[1:] + [""]):
        quotes ^= form == '"'
        opens = form in ("(", "[", "$", "“", "``") or form == '"' and quotes
        closes = after in (".", ",", ":", ";", "!", "?", ")", "]", "%", "'", "’", "”", "''", "n't") or after == '"' and quotes
        hyphen = "-" in (form, after) and form[-1:].isalnum() | after[:1].isalnum() and "--" not in (form, after)
        clitic = after[:1] in "'’" and len(after) > 1
        out.append((form, not (opens or closes or clitic or hyphen and (form + after).islower())))
    return out


def news(path):
    """Paragraphs of words, from a file of words and labels."""
    out, forms = [], []
    for line in open(path, encoding="utf-8"):
        form = line.split("\t")[0].strip()
        if form and not line.startswith("# doc"):
            forms.append(form)
        elif forms:
            out.append(spaced(forms))
            forms = []
    return out


def kind(form):
    """What a form looks like, as one letter."""
    if form in (".", ",", ":", ";", '"', "'", "(", ")", "/"):
        return form
    if form in OPEN | CLOSE:
        return "(" if form in OPEN else ")"
    if "://" in form or "@" in form or form.startswith("www."):
        return "U"
    first, letters = form[0], sum(c.isalpha() for c in form)
    if not letters and not any(c.isdigit() for c in form):
        if all(c in ".!?" for c in form):
            return "!" if "!" in form or "?" in form else "…"
        if first in "…“”‘’•":
            return first
        if form in ("''", "``"):
            return "”" if form == "''" else "“"
        if first in ":;=" and len(form) > 1:
            return "F"
        return "-" if first in "-–—" else "*" if first in "*=_~+#<>" else "S"
    if first.isdigit():
        return "0"
    if letters and form.endswith("."):
        return "A"
    if first.isupper():
        return "I" if len(form) == 1 else "X" if form.isupper() else "T"
    return "a" if first.isalpha() else "s"


def bucket(n):
    return str(n) if n < 5 else "5" if n < 8 else "8" if n < 14 else "e" if n < 25 else "z"


class Paragraph:
    """The words of a paragraph as gaps see them."""

    def __init__(self, words):
        self.words = [EDGE, EDGE] + [(f.lower().replace("’", "'"), kind(f), s) for f, s in words] + [EDGE, EDGE]
        self.forms = [f for f, _ in words]
        kinds = [k for _, k, _ in self.words]
        stops = [b for a, b in zip(kinds, kinds[1:]) if a in ".!"]
        self.style = ("n" if len(stops) < 2 else "l" if "a" in stops else "u") + bucket(len(words) // 8)

    def gap(self, i, start, open_brackets, open_quotes):
        """Features of the gap behind word `i` of a sentence that begins at word `start`."""
        (_, kpp, _), (p, kp, _), (a, ka, space), (b, kb, _), (c, kc, _), (_, kd, _) = self.at(i)
        gap = "1" if space else "0"
        here, first = ka + kb + gap, self.words[start + 2][1]
        return [
            here, kp + here + kc, here + kc + kd, kpp + kp + here, kpp + kp + here + kc + kd,
            a + " " + kb + gap, ka + gap + self.forms[i + 1], a + " " + b, p + " " + here, here + " " + c, a, self.forms[i + 1],
            here + self.style, here + bucket(i - start), here + first + str(min(i - start, 3)),
            here + ("(" if open_brackets else "") + ('"' if open_quotes else ""), kb + a[-3:], ka + kb + " " + p + " " + c,
        ]  # fmt: skip

    def at(self, i):
        return (self.words + [EDGE])[i : i + 6]


def turn(form, k, brackets, quotes):
    """Open brackets and quotes after a word."""
    if k == "(":
        brackets += 1
    elif k == ")":
        brackets = max(brackets - 1, 0)
    elif k == '"':
        quotes = not quotes
    return brackets, quotes


_rows = {}


def rows(features):
    out = []
    for n, f in enumerate(features):
        got = _rows.get((n, f))
        if got is None:
            got = _rows[n, f] = fnv(n + 1, f) % ROWS
        out.append(got)
    return out


def examples(docs):
    xs, ys = [], []
    for doc in docs:
        for sentences in doc:
            words = [w for s in sentences for w in s]
            ends = set(np.cumsum([len(s) for s in sentences]).tolist())
            par, start, brackets, quotes = Paragraph(words), 0, 0, False
            for i in range(len(words) - 1):
                brackets, quotes = turn(words[i][0], par.words[i + 2][1], brackets, quotes)
                xs.append(rows(par.gap(i, start, brackets, quotes)))
                ys.append(i + 1 in ends)
                if ys[-1]:
                    start, brackets, quotes = i + 1, 0, False
    return np.array(xs, dtype=np.int64), np.array(ys, dtype=np.float32)


def no_ends(paragraphs):
    """Examples of gaps where news ends no sentence: those that stand behind no stop."""
    xs = []
    for words in paragraphs:
        par, start, brackets, quotes = Paragraph(words), 0, 0, False
        for i in range(len(words) - 1):
            before, k = par.words[i + 1][1], par.words[i + 2][1]
            brackets, quotes = turn(words[i][0], k, brackets, quotes)
            if k in STOPS or k in CLOSERS and before in STOPS:
                start, brackets, quotes = i + 1, 0, False
            else:
                xs.append(rows(par.gap(i, start, brackets, quotes)))
    return np.array(xs, dtype=np.int64), np.zeros(len(xs), dtype=np.float32)


def train(xs, ys, epochs=8, l2=2e-6):
    torch.manual_seed(1)
    torch.set_num_threads(1)
    w = torch.zeros(ROWS, requires_grad=True)
    opt = torch.optim.Adam([w], lr=0.02)
    steps = epochs * (len(xs) // 1024 + 1)
    plan = torch.optim.lr_scheduler.LambdaLR(opt, lambda t: max(1 - t / steps, 0.02))
    x, y = torch.from_numpy(xs), torch.from_numpy(ys)
    for _ in range(epochs):
        order = torch.randperm(len(x))
        for part in order.split(1024):
            loss = torch.nn.functional.binary_cross_entropy_with_logits(w[x[part]].sum(1), y[part]) + l2 * (w * w).sum()
            opt.zero_grad()
            loss.backward()
            opt.step()
            plan.step()
    weights = w.detach().numpy()
    return np.rint(np.clip(weights * 24, -127, 127)).astype(np.int8)


def decode(words, weights):
    """Where sentences end, as numbers of words before."""
    par, ends, start, brackets, quotes = Paragraph(words), [], 0, 0, False
    for i in range(len(words) - 1):
        brackets, quotes = turn(words[i][0], par.words[i + 2][1], brackets, quotes)
        if sum(weights[r] for r in rows(par.gap(i, start, brackets, quotes))) > 0:
            ends.append(i + 1)
            start, brackets, quotes = i + 1, 0, False
    return ends + [len(words)]


def main():
    data = pathlib.Path(sys.argv[1]) / "data"
    docs = [d for f in FILES for d in paragraphs(data / f)]
    parts = examples(docs), no_ends(news(data / NEWS)[::4])
    train(*map(np.concatenate, zip(*parts))).tofile(sys.argv[2])


if __name__ == "__main__":
    main()
