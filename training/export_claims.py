"""Writes the trained claim network as the file that holdfire reads.

usage: export_claims.py NET.npz MEANINGS.npz OUT.safetensors [HEAD=SHARE ...]

A share of what a head (act, stance, status, source, role, nobody) learned is added to the linear scores: chosen on documents
held out. Without one it is all.
Tables of pairs are 8-bit with one scale a row; the other weights are 32-bit floats.
"""
import ast, sys

import numpy as np

from export import lines, rows, store


def key(word):
    """64-bit FNV-1a, as crates/model has it."""
    h = 0xCBF29CE484222325
    for b in word.encode():
        h = (h ^ b) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return h


def main():
    net, meanings, out, *shares = sys.argv[1:]
    share = {"act": 1.0, "stance": 1.0, "status": 1.0, "source": 1.0, "role": 1.0, "nobody": 1.0} | {k: float(v) for k, v in (s.split("=") for s in shares)}
    z = np.load(net)
    cfg = ast.literal_eval(bytes(z["cfg"]).decode())
    w = {k: z[k].astype(np.float32) for k in z if k != "cfg"}
    d = cfg["width"]
    rows_of = {"act": slice(None), "stance": slice(0, 7), "status": slice(7, None), "nobody": slice(None)}
    for head, layer in (("act", "act"), ("stance", "standing"), ("status", "standing"), ("nobody", "nobody")):
        for q in ("weight", "bias"):
            w[f"heads.{layer}.1.{q}"][rows_of[head]] *= share[head]
    for head in ("source", "role"):
        w[f"heads.{head}.out.weight"] *= share[head]
    w["heads.earlier.out.weight"] *= share["nobody"]
    # in the order of the trusts: acts, stances, statuses, sources, six of roles, nobody and earlier fillers
    each = np.array([share[k] for k in ("act", "stance", "status", "source")] + [share["role"]] * 6 + [share["nobody"]] * 6)
    w["heads.trust"] = (1 + each * (w["heads.trust"] - 1)).astype(np.float32)
    parts = {"reaches": lines(map(str, cfg["reaches"])), "trust": w["heads.trust"]}

    def dense(ours, theirs):
        for q in ("weight", "bias"):
            if f"{theirs}.{q}" in w:
                parts[f"{ours}.{q}"] = w[f"{theirs}.{q}"]

    dense("begin", "encoder.begin"), dense("last", "encoder.last")
    parts |= {"tags": w["encoder.told.tag.weight"], "deps": w["encoder.told.dep.weight"], "listed": np.ascontiguousarray(w["encoder.told.listed.weight"].T)}
    for i, _ in enumerate(cfg["reaches"]):
        dense(f"block{i}.norm", f"encoder.blocks.{i}.norm")
        conv = w[f"encoder.blocks.{i}.conv.weight"]
        for n, name in enumerate(("before", "own", "behind", "above")):
            parts[f"block{i}.{name}.weight"] = np.ascontiguousarray(conv[:, n * d : (n + 1) * d])
        parts[f"block{i}.own.bias"] = w[f"encoder.blocks.{i}.conv.bias"]
    for name in ("act", "standing", "nobody"):
        dense(f"{name}.0", f"heads.{name}.0"), dense(f"{name}.1", f"heads.{name}.1")
    parts |= {"kinds": w["heads.kind.weight"], "stances": w["heads.stance.weight"], "rules": w["heads.rule.weight"]}
    for name in ("source", "role"):
        for layer in ("act", "mention", "out"):
            dense(f"{name}.{layer}", f"heads.{name}.{layer}")
        tables = np.vstack([w[f"heads.{name}.tables.{t}.weight"] for t in ("way", "bare", "function", "sort", "near")])
        parts[f"{name}.tables"], parts[f"{name}.scales"] = rows(tables)
    for layer in ("act", "filler", "claim", "out"):
        dense(f"earlier.{layer}", f"heads.earlier.{layer}")
    parts |= {f"earlier.{t}": w[f"heads.earlier.{t}.weight"] for t in ("flags", "back")}
    z = np.load(meanings)
    keyed = sorted((key(word), n) for n, word in enumerate(bytes(z["words"]).decode().split("\n")))
    parts["meaning.keys"] = np.array([k for k, _ in keyed], "<u8").view(np.int8).reshape(-1, 8)
    parts["meaning.table"] = np.ascontiguousarray(z["table"][[n for _, n in keyed]])
    dense("meaning", "encoder.meaning")
    count, size = parts["meaning.table"].shape
    numbers = {"vector": w["encoder.begin.weight"].shape[1], "width": d, "pair": cfg["pair"], "meanings": count, "meaning": size}
    store(out, parts, {"form": "holdfire-claims-2"} | numbers)


main()
