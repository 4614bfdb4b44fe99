"""Word vectors from running text: positional co-occurrence, PPMI, truncated SVD.

usage: vectors.py DATA OUT.npz [--words 30000] [--dims 64]

Reads DATA/data/corpus (current events, US statements) and the training halves of the treebanks and name sets. Items whose
text stands in DATA/claims/dev-briefs are left out. The rows are lower-case words; digits are folded to 0.
Positional contexts (one or two words to the left or right, told apart) keep syntax as well as topic.
"""
import argparse, pathlib, re
import numpy as np
import scipy.sparse as sp
from scipy.sparse.linalg import svds

TOKEN = re.compile(r"[A-Za-z\u00c0-\u024f]+(?:[-'’][A-Za-z\u00c0-\u024f]+)*|\d[\d.,]*|[^\w\s]")


def fold(word):
    return re.sub(r"\d", "0", word.lower().replace("’", "'"))


def lines(data):
    held_out = {re.sub(r"\W+", "", line)[:60].lower() for f in (data / "claims/dev-briefs/text").glob("*.txt")
                for line in f.read_text("utf-8").split("\n") if line.strip()}
    with open(data / "data/corpus/current-events/events.tsv", encoding="utf-8") as rows:
        for row in rows:
            text = row.split("\t")[2] if row.count("\t") >= 2 else row
            if re.sub(r"\W+", "", text)[:60].lower() not in held_out:
                yield TOKEN.findall(text)
    with open(data / "data/corpus/us-statements/statements-releases.txt", encoding="utf-8") as rows:
        for row in rows:
            if not row.startswith("#"):
                yield TOKEN.findall(row)
    for path in ("ud/ewt/en_ewt-ud-train.conllu", "ud/gum/en_gum-clean-ud-train.conllu"):
        yield from sentences(data / "data" / path, 1)
    for path in ("ner/worldwide/train.tsv", "ner/gmb/gmb.tsv"):
        yield from sentences(data / "data" / path, 0)


def sentences(path, column):
    words = []
    for row in open(path, encoding="utf-8"):
        cells = row.rstrip("\n").split("\t")
        if not row.strip() or row.startswith("# "):
            if words:
                yield words
            words = []
        elif "-" not in cells[0] or column == 0:
            words.append(cells[column])
    if words:
        yield words


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("data", type=pathlib.Path), ap.add_argument("out")
    ap.add_argument("--words", type=int, default=30000), ap.add_argument("--contexts", type=int, default=8000)
    ap.add_argument("--dims", type=int, default=64)
    args = ap.parse_args()
    index, counts, stream = {}, [], []
    for words in lines(args.data):
        for w in words:
            w = fold(w)
            i = index.setdefault(w, len(index))
            if i == len(counts):
                counts.append(0)
            counts[i] += 1
            stream.append(i)
        stream.extend((-1, -1))
    counts, stream = np.array(counts), np.array(stream, dtype=np.int64)
    order = np.argsort(-counts, kind="stable")
    rank = np.empty(len(counts), dtype=np.int64)
    rank[order] = np.arange(len(counts))
    ranked = np.where(stream >= 0, rank[np.maximum(stream, 0)], 1 << 40)
    total = sp.csr_matrix((args.words, args.contexts * 4), dtype=np.float64)
    for block, step in enumerate((-2, -1, 1, 2)):
        a, b = (ranked[:-step], ranked[step:]) if step > 0 else (ranked[-step:], ranked[:step])
        keep = (a < args.words) & (b < args.contexts)
        total = total + sp.coo_matrix((np.ones(keep.sum()), (a[keep], b[keep] + block * args.contexts)),
                                      shape=total.shape).tocsr()
    all_, rows, cols = total.sum(), np.asarray(total.sum(1)).ravel(), np.asarray(total.sum(0)).ravel() ** 0.75
    cols = cols / cols.sum() * all_
    m = total.tocoo()
    pmi = np.log(m.data * all_ / (rows[m.row] * cols[m.col] + 1e-9))
    keep = pmi > 0
    ppmi = sp.coo_matrix((pmi[keep], (m.row[keep], m.col[keep])), shape=total.shape).tocsr()
    u, s, _ = svds(ppmi, k=args.dims, v0=np.full(min(ppmi.shape), 1.0), random_state=0)
    vectors = u * np.sqrt(s)
    vectors /= np.abs(vectors).mean() * 4
    words = np.array(sorted(index, key=lambda w: rank[index[w]])[: args.words])
    np.savez(args.out, words=words, vectors=vectors.astype(np.float32))
    print(f"{len(stream)} tokens, {len(words)} words, {args.dims} dimensions")


main()
