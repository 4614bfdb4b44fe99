"""Trains the network that adds to the linear claim models, under the eyes of large readers.

usage: claims.py large OUTLINES.npz OUT.pt --encoder FOLDER [--seed 1] [--epochs 8] [--held FOLD]
       claims.py odds OUTLINES.npz OUT.npz --encoder FOLDER --told LARGE.pt [LARGE.pt ...] [--held FOLD]
       claims.py small OUTLINES.npz OUT.npz --net ENGLISH.safetensors [--odds ODDS.npz] [--steps 3000] [--held FOLD]

`large` teaches the pretrained encoder the marked windows, without the linear scores. `odds` writes what several large readers say
of all windows, those of running text too. `small` stands on the language layer's vectors (ENGLISH.safetensors) and learns the
marks and those odds; its weights are a running average. With --held, the guide's own documents of one part are left out and measured.
"""
import argparse, math, pathlib, time

import numpy as np
import torch
import torch.nn as nn

from claimnet import DEVICE, OWN, Heads, Language, Large, Small, Windows, bare, loss_marked, loss_told, measure, odds, of_rows

FOLDS, OWN_TIMES, RUNNING = 10, 3, 0


class Reader(nn.Module):
    def __init__(self, encoder, p, dropout):
        super().__init__()
        self.encoder, self.heads = encoder, Heads(encoder.width, p, dropout)

    def forward(self, b, sets, share=1.0):
        with torch.autocast(DEVICE, torch.bfloat16, enabled=isinstance(self.encoder, Large)):
            h = self.encoder(b, sets)
        return self.heads(h.float(), b, share)


def large(encoder):
    return Reader(Large(encoder), 256, 0.2)


def parts(sets, held):
    """Numbers of the marked windows to learn, those of running text, and those held out."""
    marked = np.flatnonzero(sets.kind != RUNNING)
    out = np.flatnonzero((sets.kind == OWN) & (sets.doc % FOLDS == held)) if held is not None else np.array([], int)
    marked = np.setdiff1d(marked, out)
    own = marked[sets.kind[marked] == OWN]
    return np.concatenate([marked] + [own] * (OWN_TIMES - 1)), np.flatnonzero(sets.kind == RUNNING), out


def schedule(step, done, warm=100):
    """Share of the full rate when `done` of the work, by steps or by time, is done."""
    return min(1, (step + 1) / warm) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(1, done))))


def train_large(args, sets):
    marked, _, held = parts(sets, args.held)
    rng, began = np.random.default_rng(args.seed), time.time()
    net = large(args.encoder).to(DEVICE)
    inner = list(net.encoder.parameters())
    groups = [{"params": inner, "lr": args.rate or 5e-5}, {"params": list(net.heads.parameters()), "lr": 1e-3}]
    opt = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01)
    rates, step = [g["lr"] for g in groups], 0
    steps = args.epochs * len(sets.batches(marked, args.size, rng))
    for epoch in range(args.epochs):
        net.train()
        for part in sets.batches(marked, args.size, rng):
            if step >= steps or time.time() - began > args.minutes * 60:
                break
            for g, rate in zip(opt.param_groups, rates):
                g["lr"] = rate * schedule(step, max(step / steps, (time.time() - began) / (args.minutes * 60)))
            b = bare(sets.take(part))
            loss = loss_marked(net(b, sets), b) / max(1, len(b["kind"]))
            opt.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 2.0)
            opt.step()
            step += 1
        print(f"large {args.seed} epoch {epoch} step {step} {time.time() - began:.0f}s loss {loss.item():.3f}", flush=True)
        if len(held) and (epoch % 2 == 1 or epoch + 1 == args.epochs):
            net.eval()
            print(f"large {args.seed}  ", measure(lambda b: net(bare(b), sets), sets, held), flush=True)
    torch.save(net.state_dict(), args.out)


@torch.no_grad()
def write_odds(args, sets):
    readers = []
    for path in args.told:
        reader = large(args.encoder)
        reader.load_state_dict(torch.load(path, map_location="cpu"))
        readers.append(reader.to(DEVICE).eval())
    _, _, held = parts(sets, args.held)
    if len(held):
        print("large, together", measure(lambda b: average([r(bare(b), sets) for r in readers]), sets, held), flush=True)
    rows = {k: len(sets.a[k]) for k in ("act", "claim", "source", "own", "carried")}
    all_odds = {}
    for part in sets.batches(np.arange(len(sets.kind)), args.size, np.random.default_rng(0)):
        b = bare(sets.take(part))
        for k, v in average([odds(r(b, sets), b) for r in readers]).items():
            of = of_rows(k)
            if k not in all_odds:
                all_odds[k] = np.zeros((rows[of], *v.shape[1:]), np.uint8)
            all_odds[k][b["rows"][of].cpu().numpy()] = (v * 255).round().byte().cpu().numpy()
    np.savez_compressed(args.out, **all_odds)


def train_small(args, sets):
    marked, running, held = parts(sets, args.held)
    rng, began = np.random.default_rng(args.seed), time.time()
    cfg = {"width": args.width, "pair": args.pair, "reaches": [int(x) for x in args.reaches.split(",")]}
    net = Reader(Small(Language(args.net, sets), sets.meanings.shape[1], args.width, cfg["reaches"], args.dropout), args.pair, args.dropout).to(DEVICE)
    params = [p for p in net.parameters() if p.requires_grad]
    kept = [p.detach().clone() for p in params]
    opt = torch.optim.AdamW(params, lr=args.rate or 2e-3, betas=(0.9, 0.98), weight_decay=0.02)
    queues, step = {}, 0

    def next_of(name, of):
        if not queues.get(name):
            queues[name] = sets.batches(of, args.size, rng)
        return queues[name].pop()

    while step < args.steps and time.time() - began < args.minutes * 60:
        opt.param_groups[0]["lr"] = (args.rate or 2e-3) * schedule(step, max(step / args.steps, (time.time() - began) / (args.minutes * 60)))
        taught = step % 2 == 0 or not len(running)
        b = sets.take(next_of("marked", marked) if taught else next_of("running", running))
        net.train()
        out = net(b, sets)
        loss = loss_told(out, sets.told(b), b) if sets.odds else 0.0
        if taught:
            loss = loss + args.marks * loss_marked(out, b)
        loss = loss / max(1, len(b["kind"]))
        opt.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(params, 2.0)
        opt.step()
        step += 1
        torch._foreach_lerp_(kept, [p.detach() for p in params], 1 - min(0.995, step / (step + 200)))
        if step % 200 == 0:
            print(f"small step {step} {time.time() - began:.0f}s loss {loss.item():.3f}", flush=True)
    with torch.no_grad():
        for p, v in zip(params, kept):
            p.copy_(v)
    net.eval()
    if len(held):
        for share in (0.0, 0.4, 0.7, 1.0):
            print(f"small, share {share}", measure(lambda b, s=share: net(b, sets, s), sets, held), flush=True)
    weights = {k: v.detach().cpu().numpy() for k, v in net.state_dict().items() if not k.endswith("legal")}
    np.savez_compressed(args.out, cfg=np.frombuffer(repr(cfg).encode(), np.uint8), **weights)


def average(answers):
    """The mean of several readers' scores."""
    return {k: sum(a[k] for a in answers) / len(answers) for k in answers[0]}


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("which", choices=("large", "odds", "small"))
    for name in ("outlines", "out"):
        ap.add_argument(name, type=pathlib.Path)
    for name in ("encoder", "net", "odds"):
        ap.add_argument("--" + name, type=pathlib.Path)
    for name, default in (("seed", 1), ("epochs", 8), ("steps", 3000), ("size", 8000), ("width", 192), ("pair", 160)):
        ap.add_argument("--" + name, type=int, default=default)
    for name, default in (("rate", None), ("minutes", 90.0), ("marks", 1.0), ("dropout", 0.2)):
        ap.add_argument("--" + name, type=float, default=default)
    ap.add_argument("--held", type=int), ap.add_argument("--told", nargs="*", default=[]), ap.add_argument("--reaches", default="1,2,4,1")
    args = ap.parse_args()
    torch.manual_seed(args.seed)
    torch.backends.cuda.matmul.allow_tf32 = True
    sets = Windows(args.outlines, args.odds)
    {"large": train_large, "odds": write_odds, "small": train_small}[args.which](args, sets)


if __name__ == "__main__":
    main()
