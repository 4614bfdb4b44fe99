"""The claim network: what it reads, its encoders and its heads.

A *batch* is some windows of outlined text, padded to one length. Every head starts from the score that a linear model gives
and learns what to add: kinds of act, stance, status, the source among its options, actor, target and place among theirs.

- `Windows` holds the arrays that `outlines.py` wrote, and cuts batches.
- `Large` is the pretrained encoder (`mpnet.py`) over word pieces; it never ships.
- `Small` stands on the language layer's vectors and the words' meanings: a few residual convolutions over the words before, here, behind and above
  in the tree.
- `Heads` answer; `measure` says how well.
"""
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from safetensors.torch import load_file

from mpnet import Encoder

DEVICE = "cuda" if torch.cuda.is_available() else "cpu"
KINDS, STANCES, STATUSES, RULES = 18, 7, 20, 5
STATUS_OF = {9: range(7), 10: range(7, 16), 11: (16, 17, 18, 13, 19)}  # aid, truce, talks
BITS, TAGS, DEPS = 26, 17, 64
BACK = 8  # earlier claims that may be filled from
ROWS = {"way": 4096, "bare": 1024, "function": 1024, "sort": 24, "near": 17}
STEPS = 64.0  # of a score in an outline
UNIT = 24.0  # of a number in a word's meaning
UNKNOWN = 0.05  # words whose meaning is hidden in training
NEVER = -30.0
OWN = 2


def ragged(first, last):
    """Numbers from each `first` to its `last`, and which range each belongs to."""
    n = last - first
    owner = torch.repeat_interleave(torch.arange(len(n), device=n.device), n)
    return torch.arange(len(owner), device=n.device) - (n.cumsum(0) - n - first)[owner], owner


def log_softmax_by(scores, owner, n):
    """Log-odds of each score within its group."""
    top = torch.full((n,), -1e9, device=scores.device).scatter_reduce(0, owner, scores.detach(), "amax")
    total = torch.zeros(n, device=scores.device).index_add(0, owner, (scores - top[owner]).exp())
    return scores - top[owner] - (total + 1e-20).log()[owner]


class Windows:
    def __init__(self, path, odds=None):
        z = np.load(path)
        self.odds = odds and {k: torch.tensor(v, device=DEVICE) for k, v in np.load(odds).items()}
        self.a = {k: torch.tensor(z[k].astype(np.int64 if z[k].ndim == 1 else np.int32), device=DEVICE) for k in z if k not in ("feats", "pieces", "count", "meaning", "meanings")}
        self.feats = torch.tensor(z["feats"].astype(np.int64), device=DEVICE)
        self.pieces, self.pc = torch.tensor(z["pieces"].astype(np.int64), device=DEVICE), torch.tensor(z["count"].astype(np.int64), device=DEVICE)
        self.pc[0] = 0
        table = torch.tensor(z["meanings"], device=DEVICE).float() / UNIT
        self.meanings = torch.cat([table[:1] * 0, table])[torch.tensor(z["meaning"].astype(np.int64), device=DEVICE)]
        self.kind, self.doc = z["window"][:, 0], z["window"][:, 1]
        self.size = np.diff(z["window.word.first"])
        self.deps = int(z["word"][:, 2].max()) + 1

    def batches(self, chosen, size, rng):
        """Windows in groups of about `size` words with padding, of near lengths, in random order."""
        order = chosen[np.argsort(self.size[chosen] + rng.random(len(chosen)) * 12, kind="stable")]
        out, i = [], 0
        while i < len(order):
            k = max(1, size // max(1, int(self.size[order[i]]) + 12))
            out.append(order[i : i + k])
            i += k
        rng.shuffle(out)
        return out

    def take(self, chosen):
        a, w = self.a, torch.tensor(chosen, device=DEVICE)
        first = a["window.word.first"][w]
        lens = a["window.word.first"][w + 1] - first
        n = int(lens.max())
        step = torch.arange(n, device=DEVICE)
        mask = step < lens[:, None]
        word = a["word"][torch.where(mask, first[:, None] + step, 0)].long() * mask.unsqueeze(-1)
        b = {"mask": mask, "form": word[..., 0], "tag": word[..., 1], "dep": word[..., 2], "listed": word[..., 4], "sentence": word[..., 5]}
        b["head"] = (step + word[..., 3]).clamp(0, n - 1)
        flat_head = b["head"] + torch.arange(len(w), device=DEVICE)[:, None] * n
        b["flat_head"] = flat_head.flatten()
        act, row = ragged(a["window.act.first"][w], a["window.act.first"][w + 1])
        rows = a["act"][act].long()
        b |= {"act": rows[:, 0] - first[row] + row * n, "act_label": rows[:, 1], "act_score": rows[:, 2:].float() / STEPS}
        claim, row = ragged(a["window.claim.first"][w], a["window.claim.first"][w + 1])
        c = a["claim"][claim].long()
        b |= {"at": c[:, 0] - first[row] + row * n, "kind": c[:, 1], "stance": c[:, 2], "status": c[:, 3], "stance_score": c[:, 4:11].float() / STEPS, "status_score": c[:, 11:31].float() / STEPS}
        nobody = c[:, 31:37].reshape(-1, 3, 2)
        b |= {"nobody_score": nobody[..., 0].float() / STEPS, "nobody_right": nobody[..., 1], "own": torch.tensor(self.kind[chosen] == OWN, device=DEVICE)[row]}
        for name, stand in (("source", 3), ("own", 13), ("carried", None)):
            i, of = ragged(a[f"claim.{name}.first"][claim], a[f"claim.{name}.first"][claim + 1])
            r = a[name][i].long()
            b[name + ".of"], b[name + ".row"] = of, r
            if stand is not None:
                head = r[:, stand]
                b[name + ".head"] = torch.where(head >= 0, head - first[row[of]] + row[of] * n, 0)
                b[name + ".stand"] = r[:, stand + 1 : stand + 6]
            else:
                begin = (first[row[of]] - row[of] * n)[:, None]
                b["carried.known"] = (r[:, 7:9] >= 0).float()
                b["carried.at"] = torch.where(r[:, 7:9] >= 0, r[:, 7:9] - begin, 0)
        b["rows"] = {"act": act, "claim": claim} | {k: ragged(a[f"claim.{k}.first"][claim], a[f"claim.{k}.first"][claim + 1])[0] for k in ("source", "own", "carried")}
        return b

    def told(self, b):
        """The large readers' odds for a batch."""
        return {k: v[b["rows"][of_rows(k)]].float() / 255 for k, v in self.odds.items()}


def of_rows(name):
    """Whose rows the odds of a name lie by."""
    return {"stance": "claim", "status": "claim", "nobody": "claim", "further": "own"}.get(name, name)


def bare(b):
    """A batch without the linear scores."""
    b = b | {k: b[k] * 0 for k in ("act_score", "stance_score", "status_score", "nobody_score")}
    for name, at in (("source", slice(1, 2)), ("own", slice(1, 7)), ("carried", slice(1, 2))):
        b[name + ".row"] = b[name + ".row"].clone()
        b[name + ".row"][:, at] = 0
    return b


class Described(nn.Module):
    """Vectors of what is known of a word besides its form: tag, relation, what the packs list, quotation."""

    def __init__(self, d):
        super().__init__()
        self.tag, self.dep, self.listed = nn.Embedding(TAGS, d), nn.Embedding(DEPS, d), nn.Linear(BITS, d, bias=False)
        for m in (self.tag, self.dep, self.listed):
            nn.init.normal_(m.weight, std=0.05)

    def forward(self, b):
        bits = (b["listed"].unsqueeze(-1) >> torch.arange(BITS, device=DEVICE)) & 1
        return self.tag(b["tag"]) + self.dep(b["dep"]) + self.listed(bits.float())


class Large(nn.Module):
    width = 768

    def __init__(self, folder, dropout=0.1):
        super().__init__()
        self.inner = Encoder(load_file(f"{folder}/model.safetensors"), dropout)
        self.told, self.last = Described(768), nn.LayerNorm(768)
        self.most = 510

    def forward(self, b, sets):
        form = b["form"]
        count = sets.pc[form]
        # the last words of a window of very many pieces are read by their first piece, or not at all
        ends = count.cumsum(1)
        first = (ends - count + 1).clamp(max=self.most)
        n, most = min(int(ends[:, -1].max()), self.most) + 2, sets.pieces.shape[1]
        ids = torch.zeros(form.shape[0], n + most, dtype=torch.long, device=DEVICE)
        for k in range(most):
            at = torch.where((count > k) & (first + k < n - 1), first + k, n + k)
            ids.scatter_(1, at, sets.pieces[form][..., k])
        total = ends[:, -1:].clamp(max=n - 2)
        x = self.inner(ids[:, :n], total.squeeze(1))
        last = (first + count - 1).clamp(0, n - 1)
        pick = lambda at: x.gather(1, at.clamp(max=n - 1).unsqueeze(-1).expand(-1, -1, self.width))
        return self.last((pick(first) + pick(last)).float() / 2 + self.told(b))


def beside(y, sentence, k):
    """The rows `k` before and `k` behind; zeros beyond the sentence."""
    out = []
    for by in (k, -k):
        moved, whose = torch.roll(y, by, 1), torch.roll(sentence, by, 1)
        step = torch.arange(y.shape[1], device=DEVICE)
        inside = (step >= k) if by > 0 else (step < y.shape[1] - k)
        out.append(moved * ((whose == sentence) & inside).unsqueeze(-1))
    return out


class Language(nn.Module):
    """The language layer's vectors, as they ship; they are not trained here."""

    def __init__(self, path, sets):
        super().__init__()
        w = {k: v.to(DEVICE) for k, v in load_file(path).items()}
        lines = lambda name: bytes(w[name].cpu().numpy()).decode().split("\n")
        table = w["table"].float() * w["scales"][:, None]
        rows = len(table) - len(lines("words")) - 1
        feats, vec = sets.feats[:, :11], sets.feats[:, 11]
        self.forms = torch.cat([table[f].sum(1) for f in feats.split(4096)]) + table[rows + vec] * (vec > 0).unsqueeze(-1)
        self.blocks = [[w[f"block{i}.{p}.{q}"] for p in ("norm", "conv") for q in ("weight", "bias")] + [int(k)] for i, k in enumerate(lines("reaches"))]
        self.out, self.width = (w["out.weight"], w["out.bias"]), len(w["out.weight"])

    @torch.no_grad()
    def forward(self, b):
        d, m = (self.width,), b["mask"].unsqueeze(-1)
        x = self.forms[b["form"]] * m
        for gain, shift, weight, bias, k in self.blocks:
            y = F.layer_norm(x, d, gain, shift) * m
            before, behind = beside(y, b["sentence"], k)
            x = x + F.relu(F.linear(torch.cat([before, y, behind], -1), weight, bias)) * m
        return F.layer_norm(x, d, *self.out)


class Small(nn.Module):
    def __init__(self, language, meaning, width, reaches, dropout):
        super().__init__()
        self.meaning = nn.Linear(meaning, width, bias=False)
        self.language, self.width, self.reaches = language, width, reaches
        self.begin, self.told = nn.Linear(language.width, width), Described(width)
        self.blocks = nn.ModuleList(nn.ModuleDict({"norm": nn.LayerNorm(width), "conv": nn.Linear(4 * width, width)}) for _ in reaches)
        self.last, self.drop = nn.LayerNorm(width), nn.Dropout(dropout)

    def forward(self, b, sets):
        m = b["mask"].unsqueeze(-1)
        meant = sets.meanings[b["form"]]
        if self.training:
            meant = meant * (torch.rand(meant.shape[:2], device=DEVICE) > UNKNOWN).unsqueeze(-1)
        x = (self.begin(self.drop(self.language(b))) + self.meaning(self.drop(meant)) + self.told(b)) * m
        for block, k in zip(self.blocks, self.reaches):
            y = block["norm"](x) * m
            before, behind = beside(y, b["sentence"], k)
            above = y.gather(1, b["head"].unsqueeze(-1).expand_as(y))
            x = x + self.drop(F.relu(block["conv"](torch.cat([before, y, behind, above], -1)))) * m
        return self.last(x)


class Pairs(nn.Module):
    """Scores of mentions for an act."""

    def __init__(self, d, p, outputs, drop):
        super().__init__()
        self.act, self.mention = nn.Linear(d, p), nn.Linear(d, p, bias=False)
        self.tables = nn.ModuleDict({k: nn.Embedding(n, p) for k, n in ROWS.items()})
        for t in self.tables.values():
            nn.init.normal_(t.weight, std=0.05)
        self.out, self.drop = nn.Linear(p, outputs, bias=False), drop
        nn.init.zeros_(self.out.weight)

    def forward(self, acts, mentions, of, stand, known):
        a, m = self.act(acts)[of], self.mention(mentions) * known
        x = a + m + a * m
        for i, t in enumerate(self.tables.values()):
            x = x + self.drop(t(stand[:, i]))
        return x


class Earlier(nn.Module):
    """Scores of earlier claims' fillers for an act, a role each."""

    def __init__(self, d, p, drop):
        super().__init__()
        self.act, self.filler, self.claim = nn.Linear(d, p), nn.Linear(d, p, bias=False), nn.Linear(d, p, bias=False)
        self.flags, self.back = nn.Embedding(3 * 8, p), nn.Embedding(3 * BACK, p)
        for t in (self.flags, self.back):
            nn.init.normal_(t.weight, std=0.05)
        self.out, self.drop = nn.Linear(p, 3, bias=False), drop
        nn.init.zeros_(self.out.weight)

    def forward(self, acts, fillers, claims, rows):
        m, role = self.filler(fillers) + self.claim(claims), rows[:, 0]
        flags = role * 8 + rows[:, 4] * 4 + rows[:, 5] * 2 + rows[:, 6]
        x = acts + m + acts * m + self.drop(self.flags(flags)) + self.drop(self.back(role * BACK + rows[:, 3]))
        return self.out(self.drop(F.relu(x))).gather(1, role[:, None]).squeeze(1)


class Heads(nn.Module):
    def __init__(self, d, p, dropout):
        super().__init__()
        self.drop = nn.Dropout(dropout)
        self.act = nn.ModuleList([nn.Linear(2 * d, p), nn.Linear(p, KINDS + 1)])
        self.kind, self.stance = nn.Embedding(KINDS, d), nn.Embedding(STANCES, d)
        self.standing = nn.ModuleList([nn.Linear(2 * d, p), nn.Linear(p, STANCES + STATUSES)])
        self.source, self.role, self.earlier = Pairs(d, p, 1, self.drop), Pairs(d, p, 6, self.drop), Earlier(d, p, self.drop)
        self.rule = nn.Embedding(RULES, p)
        self.nobody = nn.ModuleList([nn.Linear(2 * d, p), nn.Linear(p, 6)])
        # what each linear score counts: acts, stances, statuses, sources; three times first, another, nobody, carried
        self.trust = nn.Parameter(torch.ones(16))
        for m in (self.kind, self.stance, self.rule):
            nn.init.normal_(m.weight, std=0.05)
        for m in (self.act[1], self.standing[1], self.nobody[1]):
            nn.init.zeros_(m.weight), nn.init.zeros_(m.bias)
        legal = torch.full((KINDS, STATUSES), NEVER)
        for kind, statuses in STATUS_OF.items():
            legal[kind, list(statuses)] = 0
        self.register_buffer("legal", legal)

    def forward(self, h, b, share=1.0):
        """Scores of everything; `own` has three as the first and three as another filler. `share` of what is learned is
        added to the linear scores."""
        flat, t = h.flatten(0, 1), 1 + share * (self.trust - 1)
        both = lambda at, plus=0: self.drop(torch.cat([flat[at] + plus, flat[b["flat_head"][at]]], -1))
        two = lambda layers, x: share * layers[1](self.drop(F.relu(layers[0](x))))
        out = {"act": t[0] * b["act_score"] + two(self.act, both(b["act"]))}
        kind = self.kind(b["kind"])
        standing = two(self.standing, both(b["at"], kind))
        out["stance"] = t[1] * b["stance_score"] + standing[:, :STANCES]
        out["status"] = t[2] * b["status_score"] + standing[:, STANCES:] + self.legal[b["kind"]]
        plus = kind + self.stance(b["stance"])
        acts = self.drop(flat[b["at"]] + plus)
        s, of = b["source.row"], b["source.of"]
        x = self.source(acts, self.drop(flat[b["source.head"]]), of, b["source.stand"], (s[:, 3:4] >= 0).float())
        out["source"] = t[3] * s[:, 1].float() / STEPS + share * self.source.out(self.drop(F.relu(x + self.rule(s[:, 0].clamp(min=0))))).squeeze(1)
        o, of = b["own.row"], b["own.of"]
        x = self.role(acts, self.drop(flat[b["own.head"]]), of, b["own.stand"], 1.0)
        out["own"] = t[4:10] * o[:, 1:7].float() / STEPS + share * self.role.out(self.drop(F.relu(x))) + NEVER * o[:, :1]
        nobody = two(self.nobody, both(b["at"], plus))
        out["nobody"] = t[10:13] * b["nobody_score"] + nobody[:, :3]
        c, of = b["carried.row"], b["carried.of"]
        claim, filler = (self.drop(flat[b["carried.at"][:, k]] * b["carried.known"][:, k : k + 1]) for k in (0, 1))
        more = share * self.earlier(self.earlier.act(acts)[of], filler, claim, c)
        out["carried"] = t[13:16][c[:, 0]] * c[:, 1].float() / STEPS + nobody[of, 3 + c[:, 0]] + more
        return out


def choice(out, b, role):
    """For a role: scores of nobody, the sentence's mentions and the earlier fillers; whose they are; which are right."""
    some = b["carried.row"][:, 0] == role
    n = len(b["kind"])
    scores = torch.cat([out["nobody"][:, role], out["own"][:, role], out["carried"][some]])
    of = torch.cat([torch.arange(n, device=DEVICE), b["own.of"], b["carried.of"][some]])
    right = torch.cat([b["nobody_right"][:, role], b["own.row"][:, 7 + role], b["carried.row"][some, 2]])
    return scores, of, right


def loss_marked(out, b):
    """Against the marks."""
    loss = F.cross_entropy(out["act"], b["act_label"].clamp(min=0), reduction="sum")
    if not len(b["kind"]):
        return loss
    n = len(b["kind"])
    loss = loss + F.cross_entropy(out["stance"], b["stance"], reduction="sum") + F.cross_entropy(out["status"], b["status"], ignore_index=-1, reduction="sum")

    def chosen(scores, of, right):
        log = log_softmax_by(scores, of, n)
        got = torch.zeros(n, device=DEVICE).index_add(0, of, log.exp() * right)
        return -(got[got > 0].clamp(min=1e-9)).log().sum()

    loss = loss + chosen(out["source"], b["source.of"], b["source.row"][:, 2])
    for role in range(3):
        loss = loss + chosen(*choice(out, b, role))
        label = b["own.row"][:, 10 + role]
        loss = loss + F.binary_cross_entropy_with_logits(out["own"][:, 3 + role], label.clamp(min=0).float(), weight=(label >= 0).float(), reduction="sum")
    return loss


def odds(out, b):
    """What a large reader says, as odds, row by row."""
    n = len(b["kind"])
    told = {"act": out["act"].softmax(-1), "stance": out["stance"].softmax(-1), "status": out["status"].softmax(-1)}
    told["source"] = log_softmax_by(out["source"], b["source.of"], n).exp()
    told |= {"further": out["own"][:, 3:6].sigmoid(), "nobody": [], "own": [], "carried": torch.zeros(len(b["carried.of"]), device=DEVICE)}
    for role in range(3):
        scores, of, _ = choice(out, b, role)
        p = log_softmax_by(scores, of, n).exp()
        own = n + len(b["own.of"])
        told["nobody"].append(p[:n]), told["own"].append(p[n:own])
        told["carried"][b["carried.row"][:, 0] == role] = p[own:]
    return told | {k: torch.stack(told[k], -1) for k in ("nobody", "own")}


def loss_told(out, told, b):
    """Against the large readers' odds."""
    loss = -(out["act"].log_softmax(-1) * told["act"]).sum()
    n = len(b["kind"])
    if not n:
        return loss
    loss = loss - (out["stance"].log_softmax(-1) * told["stance"]).sum()
    some = torch.tensor([k in STATUS_OF for k in range(KINDS)], device=DEVICE)[b["kind"]]
    loss = loss - (out["status"].log_softmax(-1) * told["status"])[some].sum()
    loss = loss - (log_softmax_by(out["source"], b["source.of"], n) * told["source"]).sum()
    for role in range(3):
        scores, of, _ = choice(out, b, role)
        right = torch.cat([told["nobody"][:, role], told["own"][:, role], told["carried"][b["carried.row"][:, 0] == role]])
        loss = loss - (log_softmax_by(scores, of, n) * right).sum()
        loss = loss + F.binary_cross_entropy_with_logits(out["own"][:, 3 + role], told["further"][:, role], reduction="sum")
    return loss


@torch.no_grad()
def measure(answers, sets, chosen, bars=(0.2, 0.26, 0.35, 0.45)):
    """Kind F1 over words, and shares of marked acts whose slots are right; `whole` has all but place right."""
    rng, count = np.random.default_rng(0), {}
    acts, labels = [], []
    for part in sets.batches(chosen, 12000, rng):
        b = sets.take(part)
        out = answers(b)
        acts.append(out["act"].softmax(-1)), labels.append(b["act_label"])
        n = len(b["kind"])
        if not n:
            continue

        def best(scores, of, right):
            top = torch.full((n,), -1e9, device=DEVICE).scatter_reduce(0, of, scores, "amax")
            return torch.zeros(n, device=DEVICE).index_add(0, of, ((scores == top[of]) & (right > 0)).float()) > 0

        ok = {"stance": out["stance"].argmax(-1) == b["stance"], "status": (b["status"] < 0) | (out["status"].argmax(-1) == b["status"]), "source": best(out["source"], b["source.of"], b["source.row"][:, 2])}
        for role, name in enumerate(("actor", "target", "place")):
            first = best(*choice(out, b, role))
            scores, of, _ = choice(out, b, role)
            top = torch.full((n,), -1e9, device=DEVICE).scatter_reduce(0, of, scores, "amax")
            mine = b["own.of"]
            is_first = out["own"][:, role] == top[mine]
            any_own = torch.zeros(n, device=DEVICE).index_add(0, mine, is_first.float()) > 0
            said = is_first | ((out["own"][:, 3 + role] >= 0) & any_own[mine])
            label = b["own.row"][:, 10 + role]
            wrong = torch.zeros(n, device=DEVICE).index_add(0, mine, (((label == 1) != said) & (label >= 0) & ~(is_first & (b["own.row"][:, 7 + role] > 0))).float())
            ok[name] = first & (wrong == 0)
        ok["whole"] = ok["stance"] & ok["status"] & ok["source"] & ok["actor"] & ok["target"]
        for k, v in ok.items():
            count[k] = count.get(k, 0) + int(v.sum())
        count["status of"] = count.get("status of", 0) + int((b["status"] >= 0).sum())
        count["n"] = count.get("n", 0) + n
    p, y = torch.cat(acts), torch.cat(labels)
    text = []
    for bar in bars:
        said = torch.where(1 - p[:, 0] >= bar, p[:, 1:].argmax(-1) + 1, 0)
        hits = int(((said == y) & (y > 0)).sum())
        text.append(f"{bar}:{2 * hits / max(1, int((said > 0).sum()) + int((y > 0).sum())):.4f}")
    n = max(1, count["n"])
    wrong = n - count["status"]
    return "kinds " + " ".join(text) + f" status {1 - wrong / max(1, count['status of']):.3f} " + " ".join(f"{k} {count[k] / n:.4f}" for k in ("stance", "source", "actor", "target", "place", "whole"))
