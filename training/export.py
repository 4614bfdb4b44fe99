"""Writes the trained network as the file that holdfire reads.

usage: export.py DATA NET.npz VEC.npz OUT.safetensors

Table rows are 8-bit with one scale a row; the other weights are 32-bit floats.
"""
import json, struct, sys
import numpy as np
from blake3 import blake3
from lemmas import learn


def lines(of):
    """Lines of text as a part."""
    return np.frombuffer("\n".join(of).encode(), dtype=np.uint8)


def rows(table):
    """A table in 8 bits, and one scale a row."""
    scales = np.maximum(np.abs(table).max(1), 1e-8) / 127
    return np.rint(table / scales[:, None]).astype(np.int8), scales.astype(np.float32)


def store(out, parts, meta):
    """A safetensors file with a checksum over all parts in its header."""
    digest = blake3()
    for name in sorted(parts):
        raw = parts[name].tobytes()
        digest.update(name.encode() + struct.pack("<Q", len(raw)) + raw)
    kinds = {"float32": "F32", "int8": "I8", "uint8": "U8"}
    order = sorted(parts, key=lambda n: (-parts[n].dtype.itemsize, n))
    header, at = {"__metadata__": {k: str(v) for k, v in meta.items()} | {"blake3": digest.hexdigest()}}, 0
    for name in order:
        size = parts[name].nbytes
        header[name] = {"dtype": kinds[parts[name].dtype.name], "shape": list(parts[name].shape), "data_offsets": [at, at + size]}
        at += size
    head = json.dumps(header, separators=(",", ":")).encode()
    head += b" " * (-len(head) % 8)
    with open(out, "wb") as f:
        f.write(struct.pack("<Q", len(head)) + head)
        for name in order:
            f.write(parts[name].tobytes())
    print(f"{out}: {at} bytes, {digest.hexdigest()[:16]}")


def main():
    data, net, vec, out = sys.argv[1:]
    z = np.load(net)
    w = {k[2:]: z[k].astype(np.float32) for k in z if k.startswith("w.")}
    labels = json.loads(bytes(z["labels"]))
    cfg, words = labels["cfg"], [str(x) for x in np.load(vec)["words"]]
    parts = {"table": z["table"], "scales": z["scales"]}
    for i, _ in enumerate(cfg["reaches"]):
        for p in ("norm", "conv"):
            for q in ("weight", "bias"):
                parts[f"block{i}.{p}.{q}"] = w[f"blocks.{i}.{p}.{q}"]
    for ours, theirs in (("out", "out"), ("upos_head", "upos"), ("xpos_head", "xpos"), ("names_head", "ner"), ("arc_dep", "arc_dep"), ("arc_head", "arc_head"), ("rel_dep", "rel_dep"), ("rel_head", "rel_head"), ("rel_out", "rel_out")):
        for q in ("weight", "bias"):
            parts[f"{ours}.{q}"] = w[f"{theirs}.{q}"]
    parts |= {"names_step": w["ner_trans"], "root": w["root"], "arc_bias": w["arc_b.weight"][0]}
    parts |= {"arc_turn.weight": np.ascontiguousarray(w["arc_u"].T), "arc_turn.bias": np.zeros(cfg["arc"], np.float32)}
    for name, told in (("upos", labels["upos"]), ("xpos", labels["xpos"]), ("deps", labels["dep"]), ("names", labels["ner"]), ("words", words), ("lemmas", learn(data)), ("reaches", map(str, cfg["reaches"]))):
        parts[name] = lines(told)
    store(out, parts, {"form": "holdfire-english-1", "width": cfg["width"], "arc": cfg["arc"], "rel": cfg["rel"]})


if __name__ == "__main__":
    main()
