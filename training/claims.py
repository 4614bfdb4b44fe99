"""Trains the network that adds to the linear claim models, under the eyes of large readers.

usage: claims.py large OUTLINES.npz ENCODER OUT.pt [--seed 1] [--epochs 8] [--held FOLD]
       claims.py small OUTLINES.npz ENCODER OUT.npz --net ENGLISH.safetensors --told LARGE.pt [LARGE.pt ...] [--steps 2400] [--held FOLD]

`large` teaches the pretrained encoder the marked windows. `small` stands on the language layer's vectors (ENGLISH.safetensors) and
learns the marks and the large readers' odds, which they also give for running text; its weights are a running average.
With --held, the guide's own documents of one part are left out and measured.
"""
import argparse, math, pathlib, time

import numpy as np
import torch
import torch.nn as nn

from claimnet import DEVICE, OWN, Heads, Language, Large, Small, Windows, loss_marked, loss_told, measure

FOLDS, OWN_TIMES, RUNNING = 4, 3, 0


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
    if len(held):
        net.eval()
        print("linear  ", measure(lambda b: net(b, sets), sets, held), flush=True)
    inner = list(net.encoder.parameters())
    groups = [{"params": inner, "lr": args.rate or 1e-4}, {"params": list(net.heads.parameters()), "lr": 1e-3}]
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
            b = sets.take(part)
            loss = loss_marked(net(b, sets), b) / max(1, len(b["kind"]))
            opt.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 2.0)
            opt.step()
            step += 1
        print(f"large {args.seed} epoch {epoch} step {step} {time.time() - began:.0f}s loss {loss.item():.3f}", flush=True)
        if len(held) and (epoch % 2 == 1 or epoch + 1 == args.epochs):
            net.eval()
            print(f"large {args.seed}  ", measure(lambda b: net(b, sets), sets, held), flush=True)
    torch.save(net.state_dict(), args.out)


def train_small(args, sets):
    marked, running, held = parts(sets, args.held)
    rng, began = np.random.default_rng(args.seed), time.time()
    readers = []
    for path in args.told:
        reader = large(args.encoder)
        reader.load_state_dict(torch.load(path, map_location="cpu"))
        readers.append(reader.to(DEVICE).eval())
    if len(held) and readers:
        text = measure(lambda b: average([r(b, sets) for r in readers]), sets, held)
        print("large, together", text, flush=True)
    cfg = {"width": args.width, "pair": args.pair, "reaches": [int(x) for x in args.reaches.split(",")]}
    net = Reader(Small(Language(args.net, sets), args.width, cfg["reaches"], args.dropout), args.pair, args.dropout).to(DEVICE)
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
        with torch.no_grad():
            told = [r(b, sets) for r in readers]
        net.train()
        out = net(b, sets)
        loss = loss_told(out, told, b) if told else 0.0
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
    ap.add_argument("which", choices=("large", "small"))
    for name in ("outlines", "encoder", "out"):
        ap.add_argument(name, type=pathlib.Path)
    ap.add_argument("--seed", type=int, default=1), ap.add_argument("--epochs", type=int, default=8), ap.add_argument("--steps", type=int, default=2400)
    ap.add_argument("--held", type=int), ap.add_argument("--size", type=int, default=8000), ap.add_argument("--rate", type=float), ap.add_argument("--minutes", type=float, default=90)
    ap.add_argument("--net", type=pathlib.Path), ap.add_argument("--told", nargs="*", default=[]), ap.add_argument("--marks", type=float, default=1.0)
    ap.add_argument("--width", type=int, default=128), ap.add_argument("--pair", type=int, default=128), ap.add_argument("--reaches", default="1,2,4"), ap.add_argument("--dropout", type=float, default=0.2), ap.add_argument("--alone", action="store_true", help="hide the linear scores")
    args = ap.parse_args()
    torch.manual_seed(args.seed)
    torch.backends.cuda.matmul.allow_tf32 = True
    sets = Windows(args.outlines, args.alone)
    (train_large if args.which == "large" else train_small)(args, sets)


if __name__ == "__main__":
    main()
