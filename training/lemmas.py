"""Learns lemmas as edits of word ends: for a treebank tag and the longest known ending, cut so many letters and add these.

`learn(DATA)` gives lines `TAG ENDING CUT ADD`, where ENDING begins with `^` for a whole word. Shorter endings stand for
longer ones that agree with them. Forms are lower case but for proper nouns (tags NNP, NNPS).
"""
import collections, pathlib


def script(form, lemma):
    n = 0
    while n < min(len(form), len(lemma)) and form[n] == lemma[n]:
        n += 1
    return len(form) - n, lemma[n:]


def learn(data):
    count = collections.defaultdict(collections.Counter)
    for path in ("ud/ewt/en_ewt-ud-train.conllu", "ud/gum/en_gum-clean-ud-train.conllu"):
        for line in open(pathlib.Path(data) / "data" / path, encoding="utf-8"):
            c = line.rstrip("\n").split("\t")
            if len(c) < 10 or not c[0].isdigit() or "Typo=Yes" in c[5] or c[7] == "goeswith":
                continue
            form, lemma, tag = c[1].replace("’", "'"), c[2], c[4]
            if tag not in ("NNP", "NNPS"):
                form = form.lower()
                if lemma.lower() == form:
                    lemma = form
            s = script(form, lemma)
            count[tag, "^" + form][s] += 1
            for n in range(0, min(6, len(form)) + 1):
                count[tag, form[len(form) - n:]][s] += 1
    best = {k: v.most_common(1)[0] for k, v in count.items()}
    rules = []
    for (tag, end), (s, n) in sorted(best.items()):
        whole = end.startswith("^")
        total = sum(count[tag, end].values())
        if whole:
            parents = [end[1:][-k:] for k in range(min(6, len(end) - 1), 0, -1)] + [""]
        else:
            if total < 2:
                continue
            parents = [end[k:] for k in range(1, len(end) + 1)]
        if end == "" or s != next((best[tag, p][0] for p in parents if (tag, p) in best and (p == "" or sum(count[tag, p].values()) >= 2)), None):
            rules.append(f"{tag} {end} {s[0]} {s[1]}")
    return rules


if __name__ == "__main__":
    import sys
    r = learn(sys.argv[1])
    print(len(r), *r[:5], sep="\n")
