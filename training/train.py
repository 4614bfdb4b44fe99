"""Trains the English layer: one encoder, heads for tags, tree and names.

usage: train.py DATA OUT_DIR --vectors VEC.npz [--minutes 60] [--resume] [--width 128] [--blocks 6] [--threads 1]

Encoder: the sum of hashed feature rows and a projected word vector, then residual blocks of layer norm, a convolution over
three tokens and ReLU. Heads: universal tag, treebank tag, arcs (bilinear), relations, name labels.
Writes OUT_DIR/{state.pt,log.tsv}. Seeds are fixed; `--resume` goes on from the last checkpoint.
"""
import argparse, json, math, pathlib, random, re, time
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from features import FEATURES, ROWS, fold, rows

UPOS = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split()


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


def bio(path):
    sents, cur = [], []
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if not line.strip() or line.startswith("# doc"):
            if cur:
                sents.append(cur)
            cur = []
        else:
            cells = line.split("\t")
            cur.append((cells[0], cells[-1]))
    if cur:
        sents.append(cur)
    return sents


class Net(nn.Module):
    def __init__(self, cfg, vectors, labels):
        super().__init__()
        d = cfg["width"]
        self.cfg = cfg
        self.table = nn.Embedding(ROWS, d)
        nn.init.normal_(self.table.weight, std=0.15)
        self.vec = nn.Embedding.from_pretrained(torch.tensor(np.vstack([np.zeros((1, vectors.shape[1])), vectors]), dtype=torch.float32), freeze=False)
        self.vec_in = nn.Linear(vectors.shape[1], d, bias=False)
        self.blocks = nn.ModuleList(nn.ModuleDict({"norm": nn.LayerNorm(d), "conv": nn.Linear(3 * d, d)}) for _ in cfg["dilations"])
        self.out = nn.LayerNorm(d)
        self.upos = nn.Linear(d, len(UPOS))
        self.xpos = nn.Linear(d, len(labels["xpos"]))
        self.ner = nn.Linear(d, len(labels["ner"]))
        a, r = cfg["arc"], cfg["rel"]
        self.arc_dep, self.arc_head = nn.Linear(d, a), nn.Linear(d, a)
        self.arc_u = nn.Parameter(torch.eye(a) * 0.1)
        self.arc_b = nn.Linear(a, 1, bias=False)
        self.root = nn.Parameter(torch.randn(d) * 0.1)
        self.rel_dep, self.rel_head = nn.Linear(d, r), nn.Linear(d, r)
        self.rel_out = nn.Linear(r, len(labels["dep"]))
        self.ner_trans = nn.Parameter(torch.zeros(len(labels["ner"]), len(labels["ner"])))
        self.drop = nn.Dropout(cfg["dropout"])

    def encode(self, feats, vecs, mask):
        x = self.table(feats)
        if self.training:  # drop whole features of a token, so that unseen words are met in training
            keep = (torch.rand(feats.shape, device=x.device) > 0.1).float()
            keep[..., 0] *= (torch.rand(feats.shape[:2]) > 0.15).float()
            x = x * keep.unsqueeze(-1)
        v = self.vec(vecs)
        if self.training:
            v = v * (torch.rand(vecs.shape) > 0.1).float().unsqueeze(-1)
        m = mask.unsqueeze(-1).float()
        x = self.drop(x.sum(2) + self.vec_in(v)) * m
        for b, k in zip(self.blocks, self.cfg["dilations"]):  # a convolution over the words k before, here, k after
            y = b["norm"](x) * m
            left, right = F.pad(y, (0, 0, k, 0))[:, : y.shape[1]], F.pad(y, (0, 0, 0, k))[:, k:]
            x = x + self.drop(F.relu(b["conv"](torch.cat([left, y, right], -1)))) * m
        return self.drop(self.out(x)) * m

    def arcs(self, h, mask):
        hh = torch.cat([self.root.expand(h.shape[0], 1, -1), h], 1)
        dep, head = self.drop(F.relu(self.arc_dep(h))), self.drop(F.relu(self.arc_head(hh)))
        s = dep @ self.arc_u @ head.transpose(1, 2) + self.arc_b(head).transpose(1, 2)
        hm = torch.cat([torch.ones_like(mask[:, :1]), mask], 1)
        s = s.masked_fill(~hm.unsqueeze(1), -1e9)
        eye = torch.eye(h.shape[1], h.shape[1] + 1, dtype=torch.bool).roll(1, 1)
        return s.masked_fill(eye.unsqueeze(0), -1e9)

    def rels(self, h, heads):
        hh = torch.cat([self.root.expand(h.shape[0], 1, -1), h], 1)
        g = torch.gather(self.rel_head(hh), 1, heads.unsqueeze(-1).expand(-1, -1, self.rel_head.out_features))
        return self.rel_out(self.drop(F.relu(self.rel_dep(h) + g)))

    def crf_nll(self, e, y, mask):
        T = self.ner_trans
        score = e.gather(2, y.unsqueeze(-1)).squeeze(-1) * mask
        trans = T[y[:, :-1], y[:, 1:]] * mask[:, 1:]
        alpha = e[:, 0]
        for t in range(1, e.shape[1]):
            nxt = torch.logsumexp(alpha.unsqueeze(2) + T.unsqueeze(0), 1) + e[:, t]
            alpha = torch.where(mask[:, t : t + 1], nxt, alpha)
        return (torch.logsumexp(alpha, 1) - score.sum(1) - trans.sum(1)).sum()

    def viterbi(self, e):
        T, back, a = self.ner_trans.detach().numpy(), [], e[0]
        for t in range(1, len(e)):
            m = a[:, None] + T
            back.append(m.argmax(0))
            a = m.max(0) + e[t]
        path = [int(a.argmax())]
        for b in reversed(back):
            path.append(int(b[path[-1]]))
        return path[::-1]


def noise(sent, rng):
    """Texts as they come: lost commas and apostrophes, capitals, doubled quotes. Keeps the tree whole."""
    p = rng.random()
    if p < 0.70:
        return sent
    if p < 0.88:  # leaves that are commas or quotes go, apostrophes inside words go
        has_child = {h for *_, h, _ in sent}
        keep = [i for i, t in enumerate(sent, 1) if not (t[0] in {",", "'", '"', "``", "''", "’", "“", "”"} and i not in has_child)]
        if not keep:
            return sent
        new = {0: 0} | {old: n for n, old in enumerate(keep, 1)}
        return [(re.sub("['’]", "", t[0]) or t[0], t[1], t[2], new[t[3]], t[4]) for i, t in enumerate(sent, 1) if i in new]
    if p < 0.93:
        return [(t[0].upper(), *t[1:]) for t in sent]
    if p < 0.96:
        return [(t[0].capitalize() if len(t[0]) > 3 else t[0], *t[1:]) for t in sent]
    return [(t[0].replace("’", "'") if rng.random() < 0.5 else t[0].replace("'", "’"), *t[1:]) for t in sent]


def noise_names(sent, rng):
    p = rng.random()
    if p < 0.85:
        return sent
    if p < 0.95:
        return [((re.sub("['’]", "", f) or f), l) for f, l in sent if f != ","] or sent
    return [(f.upper(), l) for f, l in sent]


class Data:
    def __init__(self, words):
        self.index = {w: i + 1 for i, w in enumerate(words)}

    def tensors(self, sents):
        n = max(len(s) for s in sents)
        feats = torch.zeros(len(sents), n, FEATURES, dtype=torch.long)
        vecs, mask = torch.zeros(len(sents), n, dtype=torch.long), torch.zeros(len(sents), n, dtype=torch.bool)
        for i, s in enumerate(sents):
            feats[i, : len(s)] = torch.tensor([rows(t[0]) for t in s])
            vecs[i, : len(s)] = torch.tensor([self.index.get(fold(t[0]), 0) for t in s])
            mask[i, : len(s)] = True
        return feats, vecs, mask


def pad(lists, n, value=-100):
    return torch.tensor([list(x) + [value] * (n - len(x)) for x in lists])


def batches(sents, size, rng=None):
    order = sorted(range(len(sents)), key=lambda i: len(sents[i]) + (rng.random() * 4 if rng else 0))
    out, cur, longest = [], [], 0
    for i in order:
        longest = max(longest, len(sents[i]))
        if cur and longest * (len(cur) + 1) > size:
            out.append(cur)
            cur, longest = [], len(sents[i])
        cur.append(i)
    out.append(cur)
    if rng:
        rng.shuffle(out)
    return out


def tree(scores):
    """Best head for each word from scores[dep, head] (head 0 is the root): greedy, then Chu-Liu-Edmonds on cycles, one root."""
    n = scores.shape[0]
    s = np.full((n + 1, n + 1), -1e9)
    s[1:, :] = scores
    heads = s.argmax(1)
    heads[0] = 0
    if (heads[1:] == 0).sum() != 1 or cyclic(heads):
        best, total = None, -1e18
        firsts = np.argsort(-s[1:, 0])[:3] + 1
        for r in firsts:
            t = s.copy()
            t[1:, 0] = -1e9
            t[r, 0] = s[r, 0]
            h = cle(t)
            v = t[np.arange(1, n + 1), h[1:]].sum()
            if v > total:
                best, total = h, v
        heads = best
    return heads[1:]


def cyclic(heads):
    n, state = len(heads), [0] * len(heads)
    state[0] = 2
    for i in range(1, n):
        path, j = [], i
        while state[j] == 0:
            state[j] = 1
            path.append(j)
            j = heads[j]
        if state[j] == 1:
            return True
        for k in path:
            state[k] = 2
    return False


def cle(s):
    n = s.shape[0]
    heads = s.argmax(1)
    heads[0] = 0
    seen = [0] * n
    cycle = None
    for i in range(1, n):
        path, j = [], i
        while j and not seen[j]:
            seen[j] = i
            path.append(j)
            j = int(heads[j])
        if j and seen[j] == i:
            cycle = path[path.index(j):]
            break
    if cycle is None:
        return heads
    inside = set(cycle)
    rest = [i for i in range(n) if i not in inside]
    c = len(rest)
    t = np.full((c + 1, c + 1), -1e9)
    enter, leave = {}, {}
    gain = {v: s[v, heads[v]] for v in cycle}
    total = sum(gain.values())
    for a, u in enumerate(rest):
        for b, v in enumerate(rest):
            t[a, b] = s[u, v]
        if a:
            k = max(cycle, key=lambda v: s[u, v])
            t[a, c], leave[a] = s[u, k], k
        k = max(cycle, key=lambda v: s[v, u] - gain[v])
        t[c, a], enter[a] = s[k, u] - gain[k] + total, k
    np.fill_diagonal(t, -1e9)
    sub = cle(t)
    out = heads.copy()
    for a, u in enumerate(rest):
        if a:
            out[u] = leave[a] if sub[a] == c else rest[sub[a]]
    into = int(sub[c])
    out[enter[into]] = rest[into]
    return out


def spans(labels):
    out, start, kind = set(), None, None
    for i, l in enumerate(list(labels) + ["O"]):
        t = l[2:] if l != "O" else None
        if start is not None and (t != kind or l[0] == "B"):
            out.add((start, i, kind))
            start = None
        if t and start is None:
            start, kind = i, t
    return out


@torch.no_grad()
def evaluate(net, data, sets, labels):
    net.eval()
    res = {}
    for name, sents in sets.items():
        if name == "names":
            tp = p = g = 0
            for b in batches(sents, 4000):
                part = [sents[i] for i in b]
                f, v, m = data.tensors(part)
                e = net.ner(net.encode(f, v, m)).numpy()
                for s, x in zip(part, e):
                    got = spans([labels["ner"][k] for k in net.viterbi(x[: len(s)])])
                    gold = spans([t[1] for t in s])
                    tp, p, g = tp + len(got & gold), p + len(got), g + len(gold)
            res["names"] = 200 * tp / max(1, p + g)
            continue
        n = up = xp = uas = las = 0
        for b in batches(sents, 4000):
            part = [sents[i] for i in b]
            f, v, m = data.tensors(part)
            h = net.encode(f, v, m)
            pu, px, arcs = net.upos(h).argmax(-1), net.xpos(h).argmax(-1), net.arcs(h, m).numpy()
            heads = torch.zeros(m.shape, dtype=torch.long)
            for k, s in enumerate(part):
                heads[k, : len(s)] = torch.tensor(tree(arcs[k, : len(s), : len(s) + 1]))
            pr = net.rels(h, heads).argmax(-1)
            for k, s in enumerate(part):
                for j, t in enumerate(s):
                    n += 1
                    up += UPOS[pu[k, j]] == t[1]
                    xp += labels["xpos"][px[k, j]] == t[2]
                    ok = int(heads[k, j]) == t[3]
                    uas += ok
                    las += ok and labels["dep"][pr[k, j]].split(":")[0] == t[4].split(":")[0]
        res |= {f"{name}.upos": 100 * up / n, f"{name}.xpos": 100 * xp / n, f"{name}.uas": 100 * uas / n, f"{name}.las": 100 * las / n}
    net.train()
    return res


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("data", type=pathlib.Path), ap.add_argument("out", type=pathlib.Path)
    ap.add_argument("--vectors", required=True), ap.add_argument("--minutes", type=float, default=60)
    ap.add_argument("--epochs", type=int, default=30), ap.add_argument("--resume", action="store_true")
    ap.add_argument("--width", type=int, default=128), ap.add_argument("--dropout", type=float, default=0.25)
    ap.add_argument("--threads", type=int, default=1), ap.add_argument("--lr", type=float, default=2e-3)
    args = ap.parse_args()
    torch.manual_seed(1), torch.set_num_threads(args.threads)
    args.out.mkdir(parents=True, exist_ok=True)
    z = np.load(args.vectors)
    data = Data([str(w) for w in z["words"]])
    root = args.data / "data"
    ud = conllu(root / "ud/ewt/en_ewt-ud-train.conllu") + conllu(root / "ud/gum/en_gum-clean-ud-train.conllu")
    ud = [s for s in ud if len(s) <= 120]
    names = [s for s in bio(root / "ner/worldwide/train.tsv") if len(s) <= 120]
    sets = {"ewt": conllu(root / "ud/ewt/en_ewt-ud-dev.conllu"), "gum": conllu(root / "ud/gum/en_gum-clean-ud-dev.conllu"), "names": bio(root / "ner/worldwide/dev.tsv")}
    labels = {"xpos": sorted({t[2] for s in ud for t in s}), "dep": sorted({t[4] for s in ud for t in s}), "ner": ["O"] + sorted({t[1] for s in names for t in s} - {"O"})}
    ix = {k: {l: i for i, l in enumerate(v)} for k, v in labels.items()}
    up = {u: i for i, u in enumerate(UPOS)}
    cfg = {"width": args.width, "dilations": [1, 1, 2, 3, 1, 4], "arc": 96, "rel": 96, "dropout": args.dropout}
    (args.out / "labels.json").write_text(json.dumps(labels | {"upos": UPOS, "cfg": cfg}))
    net = Net(cfg, z["vectors"], labels)
    opt = torch.optim.AdamW(net.parameters(), lr=args.lr, betas=(0.9, 0.98), weight_decay=0.01)
    rng = random.Random(1)
    per_epoch = len(batches(ud, 2400)) + len(batches(names, 2400))
    total, step, epoch = args.epochs * per_epoch, 0, 0
    if args.resume and (args.out / "state.pt").exists():
        st = torch.load(args.out / "state.pt", weights_only=False)
        net.load_state_dict(st["net"]), opt.load_state_dict(st["opt"])
        step, epoch = st["step"], st["epoch"]
        rng.setstate(st["rng"]), torch.set_rng_state(st["torch"])
    ema = {k: v.clone() for k, v in net.state_dict().items()} if not (args.resume and (args.out / "state.pt").exists()) else st["ema"]
    print(f"{sum(map(len, ud))} treebank words, {sum(map(len, names))} words with names, {per_epoch} steps an epoch, {sum(p.numel() for p in net.parameters())} parameters", flush=True)
    start = time.time()
    while epoch < args.epochs and time.time() - start < args.minutes * 60:
        work = [("ud", b) for b in batches(ud, 2400, rng)] + [("names", b) for b in batches(names, 2400, rng)]
        rng.shuffle(work)
        losses, t0 = [], time.time()
        for kind, b in work:
            lr = args.lr * min(1, (step + 1) / 300) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(1, step / total))))
            for grp in opt.param_groups:
                grp["lr"] = lr
            if kind == "ud":
                part = [noise(ud[i], rng) for i in b]
                f, v, m = data.tensors(part)
                n = m.shape[1]
                h = net.encode(f, v, m)
                heads = pad([[t[3] for t in s] for s in part], n)
                loss = F.cross_entropy(net.upos(h).flatten(0, 1), pad([[up[t[1]] for t in s] for s in part], n).flatten())
                loss = loss + F.cross_entropy(net.xpos(h).flatten(0, 1), pad([[ix["xpos"][t[2]] for t in s] for s in part], n).flatten()) * 0.5
                loss = loss + F.cross_entropy(net.arcs(h, m).flatten(0, 1), heads.flatten())
                loss = loss + F.cross_entropy(net.rels(h, heads.clamp(min=0)).flatten(0, 1), pad([[ix["dep"][t[4]] for t in s] for s in part], n).flatten())
            else:
                part = [noise_names(names[i], rng) for i in b]
                f, v, m = data.tensors(part)
                e = net.ner(net.encode(f, v, m))
                loss = net.crf_nll(e, pad([[ix["ner"][t[1]] for t in s] for s in part], m.shape[1], 0), m) / m.sum() * 2
            opt.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 2.0)
            opt.step()
            step += 1
            if step % 8 == 0:
                decay = min(0.99, step / (step + 200))
                for k, p in net.state_dict().items():
                    ema[k].mul_(decay).add_(p, alpha=1 - decay)
            losses.append(loss.item())
        epoch += 1
        torch.save({"net": net.state_dict(), "ema": ema, "opt": opt.state_dict(), "step": step, "epoch": epoch, "rng": rng.getstate(), "torch": torch.get_rng_state()}, args.out / "state.pt")
        keep = {k: v.clone() for k, v in net.state_dict().items()}
        net.load_state_dict(ema)
        res = evaluate(net, data, sets, labels)
        net.load_state_dict(keep)
        line = f"{epoch}\tloss {np.mean(losses):.3f}\t{time.time() - t0:.0f}s\t" + "\t".join(f"{k} {v:.2f}" for k, v in res.items())
        print(line, flush=True)
        with open(args.out / "log.tsv", "a") as log:
            log.write(line + "\n")


main()
