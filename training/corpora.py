"""What the language layer learns from: treebanks, named news and running text, as arrays of form numbers.

usage: corpora.py DATA RUNNING.txt VEC.npz ENCODER OUT.npz

A *form* is a word as written; form 0 is padding. A *set* is a run of sentences: flat form numbers, lengths, and label
columns where it has labels. RUNNING.txt has a sentence a line, words parted by spaces. ENCODER is the folder of the
pretrained encoder, whose pieces each form is cut into.
Some sentences of every set are spoiled on purpose (see `noise`). `like` swaps words of the treebanks for others of the same
tag and similar company, to be labelled by the large reader.
"""
import collections, pathlib, random, re, sys
import numpy as np
from tokenizers import Tokenizer
from features import fold

UPOS = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split()
LONGEST = 120  # words of a sentence
PIECES, UNKNOWN = 6, 100  # pieces of a form; the encoder's number for a piece it does not know


def conllu(path):
    sents, cur = [], []
    for line in open(path, encoding="utf-8"):
        if not line.strip():
            if cur:
                sents.append(cur)
            cur = []
        elif line[0] != "#":
            c = line.rstrip("\n").split("\t")
            if c[0].isdigit():
                cur.append((c[1], c[3], c[4], int(c[6]), c[7]))
    return sents


def bio(path, tags=False):
    sents, cur = [], []
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if not line.strip() or line.startswith("# doc"):
            if cur:
                sents.append(cur)
            cur = []
        else:
            cells = line.split("\t")
            cur.append((cells[0], cells[1 if tags else -1]))
    if cur:
        sents.append(cur)
    return sents


def noise(sent, rng):
    """Texts as they come: lost commas and apostrophes, capitals, doubled quotes. Keeps the tree whole."""
    p = rng.random()
    if p < 0.70:
        return sent
    if p < 0.88:  # leaves that are commas or quotes go, apostrophes inside words go
        treed = len(sent[0]) == 5
        has_child = {t[3] for t in sent} if treed else set()
        keep = [i for i, t in enumerate(sent, 1) if not (t[0] in {",", "'", '"', "``", "''", "’", "“", "”"} and i not in has_child)]
        if not keep:
            return sent
        new = {0: 0} | {old: n for n, old in enumerate(keep, 1)}
        strip = lambda form: re.sub("['’]", "", form) or form
        return [(strip(t[0]), t[1], t[2], new[t[3]], t[4]) if treed else (strip(t[0]), *t[1:]) for i, t in enumerate(sent, 1) if i in new]
    if p < 0.93:
        return [(t[0].upper(), *t[1:]) for t in sent]
    if p < 0.96:
        return [(t[0].capitalize() if len(t[0]) > 3 else t[0], *t[1:]) for t in sent]
    return [(t[0].replace("’", "'") if rng.random() < 0.5 else t[0].replace("'", "’"), *t[1:]) for t in sent]


def neighbours(words, vectors, tagged, most=12):
    """For each word vector's word, those of the same commonest tag that keep the most similar company."""
    count = collections.defaultdict(collections.Counter)
    for sent in tagged:
        for t in sent:
            count[fold(t[0])][t[-1] if len(t) == 2 else t[2]] += 1
    tag = {w: c.most_common(1)[0][0] for w, c in count.items()}
    unit = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
    groups = collections.defaultdict(list)
    for i, w in enumerate(words):
        if tag.get(w) in {"NN", "NNS", "NNP", "JJ", "JJR", "VB", "VBD", "VBP", "VBZ", "VBN", "VBG", "RB"} and "0" not in w:
            groups[tag[w]].append(i)
    out = {}
    for members in groups.values():
        members = np.array(members[:6000])
        for start in range(0, len(members), 1000):
            part = members[start : start + 1000]
            near = np.argpartition(-(unit[part] @ unit[members].T), min(most + 1, len(members) - 1), axis=1)[:, : most + 1]
            for i, row in zip(part, near):
                out[words[i]] = [words[members[j]] for j in row if members[j] != i]
    return out


def like(sent, near, rng, share=0.35):
    """The sentence with some of its words swapped; its tree need not hold any more."""
    out = []
    for t in sent:
        form, choice = t[0], near.get(fold(t[0]))
        if choice and rng.random() < share:
            new = rng.choice(choice)
            form = new.upper() if form.isupper() and len(form) > 1 else new.capitalize() if form[0].isupper() else new
        out.append((form,))
    return out


def main():
    data, running, vec, encoder, out = map(pathlib.Path, sys.argv[1:])
    rng, root, z = random.Random(1), data / "data", np.load(vec)
    ud = conllu(root / "ud/ewt/en_ewt-ud-train.conllu") + conllu(root / "ud/gum/en_gum-clean-ud-train.conllu")
    names, gmb = bio(root / "ner/worldwide/train.tsv"), bio(root / "ner/gmb/gmb.tsv", tags=True)
    near = neighbours([str(w) for w in z["words"]], z["vectors"], ud + gmb)
    plain = [[(w,) for w in line.split()] for line in open(running, encoding="utf-8")] + [[t[:1] for t in s] for s in gmb]
    plain += [[t[:1] for t in s] for s in names]
    plain = [noise(s, rng) for s in plain]
    for _ in range(7):
        plain += [noise(like(s, near, rng), rng) for s in ud]
    labels = {"upos": UPOS, "xpos": sorted({t[2] for s in ud for t in s}), "dep": sorted({t[4] for s in ud for t in s}), "ner": ["O"] + sorted({t[1] for s in names for t in s} - {"O"})}
    ix = {k: {l: i for i, l in enumerate(v)} for k, v in labels.items()}
    forms, arrays = {"": 0}, {k: np.array(v) for k, v in labels.items()}

    def put(name, sents, columns):
        sents = [s for s in sents if 0 < len(s) <= LONGEST or name.startswith("dev")]
        arrays[name + ".len"] = np.array([len(s) for s in sents], np.int16)
        arrays[name + ".form"] = np.array([forms.setdefault(t[0], len(forms)) for s in sents for t in s], np.int32)
        for k, of in columns.items():
            arrays[f"{name}.{k}"] = np.array([of(t) for s in sents for t in s], np.int16)
        print(name, len(sents), len(arrays[name + ".form"]))

    tree = {"upos": lambda t: ix["upos"][t[1]], "xpos": lambda t: ix["xpos"].get(t[2], 0), "head": lambda t: t[3], "dep": lambda t: ix["dep"].get(t[4], 0)}
    named = {"ner": lambda t: ix["ner"].get(t[1], 0)}
    for k in range(6):
        put(f"ud{k}", [noise(s, rng) for s in ud], tree)
    for k in range(3):
        put(f"names{k}", [noise(s, rng) for s in names], named)
    put("plain", plain, {})
    put("dev.ewt", conllu(root / "ud/ewt/en_ewt-ud-dev.conllu"), tree)
    put("dev.gum", conllu(root / "ud/gum/en_gum-clean-ud-dev.conllu"), tree)
    put("dev.names", bio(root / "ner/worldwide/dev.tsv"), named)
    arrays["forms"] = np.frombuffer("\n".join(forms).encode(), np.uint8)
    cutter = Tokenizer.from_file(str(encoder / "tokenizer.json"))
    cutter.no_padding(), cutter.no_truncation()
    cut = [e.ids[:PIECES] or [UNKNOWN] for e in cutter.encode_batch(list(forms), add_special_tokens=False)]
    cut[0] = [0]
    arrays["pieces"] = np.array([c + [0] * (PIECES - len(c)) for c in cut], np.int32)
    arrays["piece.count"] = np.array([len(c) for c in cut], np.int8)
    np.savez_compressed(out, **arrays)
    print(len(forms), "forms")


main()
