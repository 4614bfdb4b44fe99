"""The training sets on the device: flat form numbers, and tables that say of each form its features, vector and pieces."""
from concurrent.futures import ProcessPoolExecutor
import numpy as np
import torch
from features import fold, rows

DEVICE = "cuda" if torch.cuda.is_available() else "cpu"
CLS, SEP = 101, 102  # the encoder's marks of beginning and end


class Sets:
    def __init__(self, path, vectors):
        z, v = np.load(path), np.load(vectors)
        self.labels = {k: [str(x) for x in z[k]] for k in ("upos", "xpos", "dep", "ner")}
        self.forms = bytes(z["forms"]).decode().split("\n")
        self.words, self.vectors = [str(w) for w in v["words"]], v["vectors"].astype(np.float32)
        with ProcessPoolExecutor() as pool:
            feats = np.array(list(pool.map(rows, self.forms, chunksize=4000)), np.int64)
        index = {w: i + 1 for i, w in enumerate(self.words)}
        vec = np.array([index.get(fold(f), 0) for f in self.forms], np.int64)
        vec[0] = 0
        self.feats, self.vec = torch.tensor(feats, device=DEVICE), torch.tensor(vec, device=DEVICE)
        count = z["piece.count"].astype(np.int64)
        count[0] = 0
        self.pieces, self.pc = torch.tensor(z["pieces"].astype(np.int64), device=DEVICE), torch.tensor(count, device=DEVICE)
        # the shape of a form, which an encoder of small letters does not see
        self.shape = self.feats[:, -1] % 1024
        self.sets = {}
        for name in sorted(k[: -len(".len")] for k in z if k.endswith(".len")):
            lens, form = z[name + ".len"].astype(np.int64), z[name + ".form"].astype(np.int64)
            ends = np.cumsum(lens)
            total = np.concatenate([[0], np.cumsum(count[form])])
            s = {"lens": lens, "starts": ends - lens, "pieces": total[ends] - total[ends - lens], "form": torch.tensor(form, device=DEVICE)}
            for k in ("upos", "xpos", "head", "dep", "ner"):
                if f"{name}.{k}" in z:
                    s[k] = torch.tensor(z[f"{name}.{k}"].astype(np.int64), device=DEVICE)
            self.sets[name] = s

    def batches(self, name, size, rng):
        """Sentence numbers in groups of about `size` words with padding, of near lengths, in random order."""
        lens = self.sets[name]["lens"]
        order = np.argsort(lens + np.asarray(rng.random(len(lens))) * 4, kind="stable")
        out, i = [], 0
        while i < len(order):
            k = max(1, size // max(1, int(lens[order[i]]) + 4))
            k = max(1, size // int(lens[order[i : i + k]].max()))
            out.append(order[i : i + k])
            i += k
        rng.shuffle(out)
        return out

    def take(self, name, idx):
        """One batch: `form` (sentences by words), `mask`, the labels that the set has, and the longest run of pieces."""
        s = self.sets[name]
        n = int(s["lens"][idx].max())
        lens, starts = torch.tensor(s["lens"][idx], device=DEVICE), torch.tensor(s["starts"][idx], device=DEVICE)
        step = torch.arange(n, device=DEVICE)
        mask = step < lens[:, None]
        pos = torch.where(mask, starts[:, None] + step, 0)
        out = {"mask": mask, "form": torch.where(mask, s["form"][pos], 0), "longest": int(s["pieces"][idx].max())}
        for k in ("upos", "xpos", "head", "dep", "ner"):
            if k in s:
                out[k] = torch.where(mask, s[k][pos], 0 if k == "ner" else -100)
        return out
