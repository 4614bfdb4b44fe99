"""What words mean by themselves: the pretrained encoder's vector of each word alone, in fewer dimensions, as whole numbers.

usage: meanings.py OUTLINES.jsonl ENCODER OUT.npz

Words in lower case that the outlined texts hold twice or more. Vectors are the mean over pieces of the encoder's last layer
(Reimers & Gurevych 2019, "Sentence-BERT"), centred and turned by a singular value decomposition; the first DIMENSIONS are kept.
"""
import collections, json, sys

import numpy as np
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer

from claimnet import UNIT
from mpnet import Encoder

DIMENSIONS, LONGEST, PIECES, SIZE = 96, 30, 12, 256


def words(outlines):
    seen = collections.Counter()
    for line in open(outlines, encoding="utf-8"):
        doc = json.loads(line)
        text = doc["text"].encode()
        for sentence in doc["sentences"]:
            seen.update(text[t[0] : t[1]].decode("utf-8", "replace").lower() for t in sentence)
    return [w for w, n in seen.items() if n >= 2 and any(c.isalpha() for c in w) and len(w) < LONGEST]


@torch.no_grad()
def vectors(words, folder):
    cutter = Tokenizer.from_file(f"{folder}/tokenizer.json")
    cutter.no_padding(), cutter.no_truncation()
    pieces = [e.ids[:PIECES] for e in cutter.encode_batch(words, add_special_tokens=False)]
    encoder = Encoder(load_file(f"{folder}/model.safetensors"), 0.0).eval()
    out, order = np.zeros((len(words), 768), np.float32), sorted(range(len(words)), key=lambda n: len(pieces[n]))
    for start in range(0, len(order), SIZE):
        part = order[start : start + SIZE]
        count = torch.tensor([len(pieces[n]) for n in part])
        ids = torch.zeros(len(part), int(count.max()) + 2, dtype=torch.long)
        for row, n in enumerate(part):
            ids[row, 1 : 1 + len(pieces[n])] = torch.tensor(pieces[n])
        h = encoder(ids, count)
        keep = (torch.arange(h.shape[1]) <= count[:, None] + 1).float().unsqueeze(-1)
        mean = (h * keep).sum(1) / keep.sum(1)
        out[part] = (mean / mean.norm(dim=1, keepdim=True)).numpy()
    return out


def main():
    outlines, folder, out = sys.argv[1:]
    known = words(outlines)
    v = vectors(known, folder)
    v -= v.mean(0)
    turned = v @ np.linalg.svd(v[::2], full_matrices=False)[2][:DIMENSIONS].T
    table = np.clip(np.round(turned / turned.std() * UNIT), -127, 127).astype(np.int8)
    np.savez(out, words=np.frombuffer("\n".join(known).encode(), np.uint8), table=table)
    print(f"{out}: {len(known)} words")


if __name__ == "__main__":
    main()
