"""Trains the network that ships, under the eyes of large readers.

usage: train.py SETS.npz VEC.npz ENCODER OUT_DIR --teachers T1.pt [T2.pt ...] [--steps 3200] [--minutes 90]

Encoder: the sum of hashed feature rows and a word's own row, then residual blocks of layer norm, a convolution over three
words (REACH apart) and ReLU. Heads: universal tag, treebank tag, arcs (bilinear), relations, name labels.
It learns from the treebanks' and the named news' own labels and from the large readers' odds, which they also give for
running text. The weights kept are a running average. Writes OUT_DIR/{state.pt,net.npz}; after so many minutes it stops
with its state kept, and a second run goes on from there. 3,200 steps take four minutes on a large accelerator and about
a day on two cores, most of it the readers' odds.
"""
import argparse, json, math, pathlib, time
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from features import ROWS
from score import evaluate
from sets import DEVICE, Sets
from teacher import Teacher


class Net(nn.Module):
    def __init__(self, cfg, vectors, labels):
        super().__init__()
        d = cfg["width"]
        self.cfg = cfg
        self.table = nn.EmbeddingBag(ROWS, d, mode="sum")
        nn.init.normal_(self.table.weight, std=0.15)
        turn = np.linalg.qr(np.random.default_rng(5).normal(size=(d, vectors.shape[1])))[0].T
        self.word = nn.Embedding.from_pretrained(torch.tensor(np.vstack([np.zeros((1, d)), vectors @ turn]), dtype=torch.float32), freeze=False)
        self.blocks = nn.ModuleList(nn.ModuleDict({"norm": nn.LayerNorm(d), "conv": nn.Linear(3 * d, d)}) for _ in cfg["reaches"])
        self.out = nn.LayerNorm(d)
        self.upos, self.xpos, self.ner = (nn.Linear(d, len(labels[k])) for k in ("upos", "xpos", "ner"))
        a, r = cfg["arc"], cfg["rel"]
        self.arc_dep, self.arc_head = nn.Linear(d, a), nn.Linear(d, a)
        self.arc_u = nn.Parameter(torch.eye(a) * 0.1)
        self.arc_b = nn.Linear(a, 1, bias=False)
        self.root = nn.Parameter(torch.randn(d) * 0.1)
        self.rel_dep, self.rel_head = nn.Linear(d, r), nn.Linear(d, r)
        self.rel_out = nn.Linear(r, len(labels["dep"]))
        self.ner_trans = nn.Parameter(torch.zeros(len(labels["ner"]), len(labels["ner"])))
        self.drop = nn.Dropout(cfg["dropout"])

    def encode(self, b, sets):
        form, mask = b["form"], b["mask"]
        feats = sets.feats[form].flatten(0, 1)
        keep = None
        vec = sets.vec[form]
        if self.training:  # drop whole features of a token, so that unseen words are met in training
            keep = (torch.rand(feats.shape, device=DEVICE) > 0.05).float()
            keep[:, 0] *= (torch.rand(len(feats), device=DEVICE) > 0.1).float()
            vec = vec * (torch.rand(vec.shape, device=DEVICE) > 0.06)
        m = mask.unsqueeze(-1).float()
        x = (self.table(feats, per_sample_weights=keep).view(*form.shape, -1) + self.word(vec) * (vec > 0).unsqueeze(-1)) * m
        x = self.drop(x)
        for b_, k in zip(self.blocks, self.cfg["reaches"]):  # a convolution over the words k before, here, k after
            y = b_["norm"](x) * m
            left, right = F.pad(y, (0, 0, k, 0))[:, : y.shape[1]], F.pad(y, (0, 0, 0, k))[:, k:]
            x = x + self.drop(F.relu(b_["conv"](torch.cat([left, y, right], -1)))) * m
        return self.drop(self.out(x)) * m

    def arcs(self, h, mask):
        hh = torch.cat([self.root.expand(h.shape[0], 1, -1), h], 1)
        dep, head = self.drop(F.relu(self.arc_dep(h))), self.drop(F.relu(self.arc_head(hh)))
        s = dep @ self.arc_u @ head.transpose(1, 2) + self.arc_b(head).transpose(1, 2)
        hm = torch.cat([torch.ones_like(mask[:, :1]), mask], 1)
        s = s.masked_fill(~hm.unsqueeze(1), -1e9)
        eye = torch.eye(h.shape[1], h.shape[1] + 1, dtype=torch.bool, device=DEVICE).roll(1, 1)
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

    def answers(self, b, sets):
        h = self.encode(b, sets)
        return {"upos": self.upos(h), "xpos": self.xpos(h), "ner": self.ner(h), "arcs": self.arcs(h, b["mask"]), "rels": lambda heads: self.rels(h, heads)}


def soft(logits, odds, mask):
    """Cross-entropy against odds, the mean over words."""
    return -((logits.log_softmax(-1) * odds).sum(-1) * mask).sum() / mask.sum()


@torch.no_grad()
def told(teachers, b, sets):
    """The readers' mean odds of a batch, and the heads they would choose word by word."""
    outs = [t.answers(b, sets) for t in teachers]
    odds = {k: sum(o[k].softmax(-1) for o in outs) / len(outs) for k in ("upos", "xpos", "ner", "arcs")}
    odds["heads"] = odds["arcs"].argmax(-1)
    odds["rels"] = sum(o["rels"](odds["heads"]).softmax(-1) for o in outs) / len(outs)
    return odds


def save(path, net, labels, cfg):
    """The network with its tables in 8 bits, one scale a row."""
    w = {k: p.detach().float().cpu().numpy() for k, p in net.named_parameters()}
    table = np.vstack([w.pop("table.weight"), w.pop("word.weight")])
    scales = np.maximum(np.abs(table).max(1), 1e-8) / 127
    told = np.frombuffer(json.dumps(labels | {"cfg": cfg}).encode(), np.uint8)
    np.savez(path, table=np.rint(table / scales[:, None]).astype(np.int8), scales=scales.astype(np.float32), labels=told, **{"w." + k: v for k, v in w.items()})


def loss_of(net, b, odds, sets):
    """Against the readers' odds, and against the set's own labels where it has some."""
    mask = b["mask"].float()
    h = net.encode(b, sets)
    upos, xpos, arcs, ner = net.upos(h), net.xpos(h), net.arcs(h, b["mask"]), net.ner(h)
    loss = soft(upos, odds["upos"], mask) + 0.5 * soft(xpos, odds["xpos"], mask) + 1.5 * soft(arcs, odds["arcs"], mask)
    loss = loss + soft(net.rels(h, odds["heads"]), odds["rels"], mask) + soft(ner, odds["ner"], mask)
    if "head" in b:
        loss = loss + F.cross_entropy(upos.flatten(0, 1), b["upos"].flatten()) + 0.5 * F.cross_entropy(xpos.flatten(0, 1), b["xpos"].flatten())
        loss = loss + 1.5 * F.cross_entropy(arcs.flatten(0, 1), b["head"].flatten())
        loss = loss + F.cross_entropy(net.rels(h, b["head"].clamp(min=0)).flatten(0, 1), b["dep"].flatten())
    elif "ner" in b:
        loss = loss + net.crf_nll(ner, b["ner"], b["mask"]) / mask.sum() * 2
    return loss


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("sets", "vectors", "encoder", "out"):
        ap.add_argument(name, type=pathlib.Path)
    ap.add_argument("--teachers", nargs="+", required=True), ap.add_argument("--steps", type=int, default=3200), ap.add_argument("--minutes", type=float, default=90)
    ap.add_argument("--width", type=int, default=160), ap.add_argument("--reaches", default="1,1,2,3,1,4,1,6"), ap.add_argument("--dropout", type=float, default=0.1)
    ap.add_argument("--arc", type=int, default=128), ap.add_argument("--rel", type=int, default=128), ap.add_argument("--size", type=int, default=12000)
    ap.add_argument("--rate", type=float, default=4e-3), ap.add_argument("--threads", type=int, default=2)
    args = ap.parse_args()
    torch.manual_seed(1), torch.set_num_threads(args.threads)
    torch.backends.cuda.matmul.allow_tf32 = True
    args.out.mkdir(parents=True, exist_ok=True)
    sets, rng, began = Sets(args.sets, args.vectors), np.random.default_rng(1), time.time()
    teachers = [Teacher(args.encoder, sets.labels) for _ in args.teachers]
    for t, path in zip(teachers, args.teachers):
        t.load_state_dict(torch.load(path, map_location="cpu"))
        t.to(DEVICE).eval()
    cfg = {"width": args.width, "reaches": [int(x) for x in args.reaches.split(",")], "arc": args.arc, "rel": args.rel, "dropout": args.dropout}
    net = Net(cfg, sets.vectors, sets.labels).to(DEVICE)
    opt = torch.optim.AdamW(net.parameters(), lr=args.rate, betas=(0.9, 0.98), weight_decay=0.005)
    params = list(net.parameters())
    average = [p.detach().clone() for p in params]
    queues, turn, step = {}, {"plain": 0, "ud": 0, "names": 0}, 0
    if (args.out / "state.pt").exists():
        st = torch.load(args.out / "state.pt", map_location=DEVICE, weights_only=False)
        net.load_state_dict(st["net"]), opt.load_state_dict(st["opt"])
        average, queues, turn, step, rng = st["average"], st["queues"], st["turn"], st["step"], st["rng"]

    def next_of(kind):
        if not queues.get(kind):
            name = {"plain": "plain", "ud": f"ud{turn['ud'] % 6}", "names": f"names{turn['names'] % 3}"}[kind]
            turn[kind] += 1
            queues[kind] = [(name, i) for i in sets.batches(name, args.size, rng)]
        return queues[kind].pop()

    while step < args.steps and time.time() - began < args.minutes * 60:
        for g in opt.param_groups:
            g["lr"] = args.rate * min(1, (step + 1) / 300) * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * step / args.steps)))
        b = sets.take(*next_of(("plain", "ud", "plain", "plain", "names", "plain", "ud", "plain")[step % 8]))
        odds = told(teachers, b, sets)
        net.train()
        loss = loss_of(net, b, odds, sets)
        opt.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(params, 2.0)
        opt.step()
        step += 1
        if step % 4 == 0:
            torch._foreach_lerp_(average, [p.detach() for p in params], 1 - min(0.996, step / (step + 400)))
        if step % 100 == 0:
            print(f"step {step} {time.time() - began:.0f}s loss {loss.item():.3f}", flush=True)
    if step < args.steps:
        torch.save({"net": net.state_dict(), "opt": opt.state_dict(), "average": average, "queues": queues, "turn": turn, "step": step, "rng": rng}, args.out / "state.pt")
        return
    with torch.no_grad():
        for p, v in zip(params, average):
            p.copy_(v)
    net.eval()
    save(args.out / "net.npz", net, sets.labels, cfg)
    res = evaluate(sets, lambda b: net.answers(b, sets), net.ner_trans.detach().cpu().numpy())
    print(" ".join(f"{k} {v:.2f}" for k, v in res.items()), flush=True)


if __name__ == "__main__":
    main()
