"""Trains the large reader of sentences: a pretrained encoder (MiniLM-L6-H384, Apache 2.0) under the heads of the small one.

usage: teacher.py SETS.npz VEC.npz ENCODER OUT_DIR [--seed 1] [--rate 1.5e-4] [--steps 1620] [--minutes 90]

It never ships: it labels running text for the network that does. Writes OUT_DIR/{state.pt,done.pt}; after so many minutes
it stops with its state kept, and a second run goes on from there. 1,620 steps take two minutes on a large accelerator and
about six hours on two cores.
"""
import argparse, pathlib, time
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from safetensors.torch import load_file
from features import ROWS
from score import evaluate
from sets import CLS, DEVICE, SEP, Sets

D = 384


class Layer(nn.Module):
    def __init__(self, w, p):
        super().__init__()
        parts = {"q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value", "o": "attention.output.dense", "up": "intermediate.dense", "down": "output.dense"}
        for name, key in parts.items():
            r, c = w[p + key + ".weight"].shape
            lin = nn.Linear(c, r)
            lin.load_state_dict({"weight": w[p + key + ".weight"].float(), "bias": w[p + key + ".bias"].float()})
            setattr(self, name, lin)
        for name, key in {"n1": "attention.output.LayerNorm", "n2": "output.LayerNorm"}.items():
            norm = nn.LayerNorm(D, eps=1e-12)
            norm.load_state_dict({"weight": w[p + key + ".weight"].float(), "bias": w[p + key + ".bias"].float()})
            setattr(self, name, norm)

    def forward(self, x, keep, drop):
        b, n, _ = x.shape
        q, k, v = (m(x).view(b, n, 12, 32).transpose(1, 2) for m in (self.q, self.k, self.v))
        a = F.scaled_dot_product_attention(q, k, v, attn_mask=keep)
        x = self.n1(x + drop(self.o(a.transpose(1, 2).reshape(b, n, D))))
        return self.n2(x + drop(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Vectors of words from the pretrained encoder: the mean over first and last piece of a learned mix of its layers."""

    def __init__(self, w):
        super().__init__()
        self.word = nn.Embedding.from_pretrained(w["embeddings.word_embeddings.weight"].float(), freeze=False)
        self.place = nn.Embedding.from_pretrained((w["embeddings.position_embeddings.weight"] + w["embeddings.token_type_embeddings.weight"][0]).float(), freeze=False)
        self.norm = nn.LayerNorm(D, eps=1e-12)
        self.norm.load_state_dict({"weight": w["embeddings.LayerNorm.weight"].float(), "bias": w["embeddings.LayerNorm.bias"].float()})
        self.layers = nn.ModuleList(Layer(w, f"encoder.layer.{n}.") for n in range(6))
        self.mix = nn.Parameter(torch.zeros(7))
        self.shape = nn.Embedding(1024, D)
        nn.init.normal_(self.shape.weight, std=0.01)
        self.drop = nn.Dropout(0.1)

    def forward(self, b, sets):
        form, mask = b["form"], b["mask"]
        count = sets.pc[form]
        ends = count.cumsum(1)
        first = ends - count + 1
        n, most = b["longest"] + 2, sets.pieces.shape[1]
        ids = torch.zeros(form.shape[0], n + most, dtype=torch.long, device=DEVICE)
        shape = torch.zeros_like(ids)
        for k in range(most):  # a piece that a word lacks is written behind the end
            at = torch.where(count > k, first + k, n + k)
            ids.scatter_(1, at, sets.pieces[form][..., k])
            shape.scatter_(1, at, sets.shape[form])
        ids, shape = ids[:, :n].clone(), shape[:, :n]
        ids[:, 0] = CLS
        total = ends[:, -1:]
        ids.scatter_(1, total + 1, SEP)
        keep = torch.arange(n, device=DEVICE) <= total + 1
        x = self.word(ids) + self.place(torch.arange(n, device=DEVICE)) + self.shape(shape)
        x = self.drop(self.norm(x))
        keep4, mix = keep[:, None, None, :], self.mix.softmax(0)
        out = mix[0] * x
        for i, layer in enumerate(self.layers):
            x = layer(x, keep4, self.drop)
            out = out + mix[i + 1] * x
        last = (first + count - 1).clamp(min=0)
        pick = lambda at: out.gather(1, at.unsqueeze(-1).expand(-1, -1, D))
        return (pick(first) + pick(last)) / 2 * mask.unsqueeze(-1)


class Teacher(nn.Module):
    def __init__(self, encoder, labels, arc=384, rel=128):
        super().__init__()
        self.encoder = Encoder(load_file(f"{encoder}/model.safetensors"))
        self.table = nn.EmbeddingBag(ROWS, 192, mode="sum")
        nn.init.normal_(self.table.weight, std=0.05)
        self.join = nn.Linear(D + 192, D)
        self.norm = nn.LayerNorm(D)
        self.drop = nn.Dropout(0.33)
        self.upos, self.xpos, self.ner = (nn.Linear(D, len(labels[k])) for k in ("upos", "xpos", "ner"))
        self.root = nn.Parameter(torch.randn(D) * 0.1)
        self.arc_dep, self.arc_head = nn.Linear(D, arc), nn.Linear(D, arc)
        self.arc_u = nn.Parameter(torch.eye(arc) * 0.1)
        self.arc_b = nn.Linear(arc, 1, bias=False)
        self.rel_dep, self.rel_head = nn.Linear(D, rel), nn.Linear(D, rel)
        n = len(labels["dep"])
        self.rel_u = nn.Parameter(torch.randn(n, rel, rel) * 0.02)
        self.rel_out = nn.Linear(2 * rel, n)

    def encode(self, b, sets):
        feats = sets.feats[b["form"]]
        bag = self.table(feats.flatten(0, 1), per_sample_weights=(torch.rand(feats.shape, device=DEVICE) > 0.1).float().flatten(0, 1) if self.training else None)
        h = self.encoder(b, sets)
        x = self.join(torch.cat([self.drop(h), self.drop(bag.view(*h.shape[:2], -1))], -1))
        return self.drop(self.norm(h + x))

    def arcs(self, h, mask):
        hh = torch.cat([self.root.expand(h.shape[0], 1, -1).to(h.dtype), h], 1)
        dep, head = self.drop(F.relu(self.arc_dep(h))), self.drop(F.relu(self.arc_head(hh)))
        s = (dep @ self.arc_u.to(dep.dtype) @ head.transpose(1, 2) + self.arc_b(head).transpose(1, 2)).float()
        hm = torch.cat([torch.ones_like(mask[:, :1]), mask], 1)
        s = s.masked_fill(~hm.unsqueeze(1), -1e9)
        eye = torch.eye(h.shape[1], h.shape[1] + 1, dtype=torch.bool, device=DEVICE).roll(1, 1)
        return s.masked_fill(eye.unsqueeze(0), -1e9)

    def rels(self, h, heads):
        hh = torch.cat([self.root.expand(h.shape[0], 1, -1).to(h.dtype), h], 1)
        dep, head = self.drop(F.relu(self.rel_dep(h))), self.drop(F.relu(self.rel_head(hh)))
        head = torch.gather(head, 1, heads.unsqueeze(-1).expand(-1, -1, head.shape[-1]))
        left = torch.einsum("bnd,rde->bnre", dep, self.rel_u.to(dep.dtype))
        return (torch.einsum("bnre,bne->bnr", left, head) + self.rel_out(torch.cat([dep, head], -1))).float()

    def answers(self, b, sets):
        with torch.autocast(DEVICE, torch.bfloat16, enabled=DEVICE == "cuda"):
            h = self.encode(b, sets)
            return {"upos": self.upos(h).float(), "xpos": self.xpos(h).float(), "ner": self.ner(h).float(), "arcs": self.arcs(h, b["mask"]), "rels": lambda heads: self._rels(h, heads)}

    def _rels(self, h, heads):
        with torch.autocast(DEVICE, torch.bfloat16, enabled=DEVICE == "cuda"):
            return self.rels(h, heads)


def loss_of(net, b, sets):
    """Of a batch of trees, or of named words."""
    with torch.autocast(DEVICE, torch.bfloat16, enabled=DEVICE == "cuda"):
        h = net.encode(b, sets)
        if "head" not in b:
            return F.cross_entropy(net.ner(h).float().flatten(0, 1), b["ner"].masked_fill(~b["mask"], -100).flatten()) * 2
        loss = F.cross_entropy(net.upos(h).float().flatten(0, 1), b["upos"].flatten()) + 0.5 * F.cross_entropy(net.xpos(h).float().flatten(0, 1), b["xpos"].flatten())
        loss = loss + F.cross_entropy(net.arcs(h, b["mask"]).flatten(0, 1), b["head"].flatten())
        return loss + F.cross_entropy(net.rels(h, b["head"].clamp(min=0)).flatten(0, 1), b["dep"].flatten())


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("sets", "vectors", "encoder", "out"):
        ap.add_argument(name, type=pathlib.Path)
    ap.add_argument("--seed", type=int, default=1), ap.add_argument("--rate", type=float, default=1.5e-4), ap.add_argument("--size", type=int, default=5000)
    ap.add_argument("--steps", type=int, default=1620), ap.add_argument("--minutes", type=float, default=90), ap.add_argument("--threads", type=int, default=2)
    args = ap.parse_args()
    torch.manual_seed(args.seed), torch.set_num_threads(args.threads)
    args.out.mkdir(parents=True, exist_ok=True)
    sets, rng, began = Sets(args.sets, args.vectors), np.random.default_rng(args.seed), time.time()
    net = Teacher(args.encoder, sets.labels).to(DEVICE)
    ids = {id(p) for p in net.encoder.parameters()}
    groups = [{"params": list(net.encoder.parameters()), "lr": args.rate}, {"params": [p for p in net.parameters() if id(p) not in ids], "lr": 1.5e-3}]
    opt = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01)
    step, epoch, work = 0, 0, []
    if (args.out / "state.pt").exists():
        st = torch.load(args.out / "state.pt", weights_only=False)
        net.load_state_dict(st["net"]), opt.load_state_dict(st["opt"])
        step, epoch, work, rng = st["step"], st["epoch"], st["work"], st["rng"]
    while step < args.steps and time.time() - began < args.minutes * 60:
        if not work:  # an epoch: all trees, and a third of the named news
            ud, named = f"ud{epoch % 6}", f"names{epoch % 3}"
            few = sets.batches(named, args.size, rng)
            work = [(ud, i) for i in sets.batches(ud, args.size, rng)] + [(named, i) for i in few[: len(few) // 3]]
            rng.shuffle(work)
            epoch += 1
        for g, rate in zip(opt.param_groups, (args.rate, 1.5e-3)):
            g["lr"] = rate * min(1, (step + 1) / 200) * max(0.01, 1 - step / args.steps)
        net.train()
        loss = loss_of(net, sets.take(*work.pop()), sets)
        opt.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 2.0)
        opt.step()
        step += 1
        if step % 100 == 0:
            print(f"teacher {args.seed} step {step} {time.time() - began:.0f}s loss {loss.item():.3f}", flush=True)
    if step < args.steps:
        torch.save({"net": net.state_dict(), "opt": opt.state_dict(), "step": step, "epoch": epoch, "work": work, "rng": rng}, args.out / "state.pt")
        return
    net.eval()
    print(f"teacher {args.seed}", " ".join(f"{k} {v:.2f}" for k, v in evaluate(sets, lambda b: net.answers(b, sets)).items()), flush=True)
    torch.save(net.state_dict(), args.out / "done.pt")


if __name__ == "__main__":
    main()
