"""Trees from arc scores, names from labels, and the measures on the development halves."""
import numpy as np
import torch


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


def viterbi(e, step):
    back, a = [], e[0]
    for t in range(1, len(e)):
        m = a[:, None] + step
        back.append(m.argmax(0))
        a = m.max(0) + e[t]
    path = [int(a.argmax())]
    for b in reversed(back):
        path.append(int(b[path[-1]]))
    return path[::-1]


@torch.no_grad()
def evaluate(sets, answers, step=None):
    """`answers(batch)` gives upos, xpos, ner scores, arc scores and a function from heads to relation scores."""
    res, rng = {}, np.random.default_rng(0)
    for name in ("ewt", "gum", "names"):
        s = sets.sets["dev." + name]
        n = up = xp = uas = las = tp = p = g = 0
        plain = [d.split(":")[0] for d in sets.labels["dep"]]
        for idx in sets.batches("dev." + name, 6000, rng):
            b = sets.take("dev." + name, idx)
            out = answers(b)
            if name == "names":
                e, gold, mask = out["ner"].float().cpu().numpy(), b["ner"].cpu().numpy(), b["mask"].cpu().numpy()
                for k in range(len(idx)):
                    m = int(mask[k].sum())
                    got = viterbi(e[k, :m], step) if step is not None else e[k, :m].argmax(-1)
                    x = spans([sets.labels["ner"][i] for i in got])
                    y = spans([sets.labels["ner"][i] for i in gold[k, :m]])
                    tp, p, g = tp + len(x & y), p + len(x), g + len(y)
                continue
            arcs, mask = out["arcs"].float().cpu().numpy(), b["mask"].cpu().numpy()
            heads = np.zeros(mask.shape, np.int64)
            for k in range(len(idx)):
                m = int(mask[k].sum())
                heads[k, :m] = tree(arcs[k, :m, : m + 1])
            rel = out["rels"](torch.tensor(heads, device=b["mask"].device)).argmax(-1).cpu().numpy()
            gold_head, gold_dep = b["head"].cpu().numpy(), b["dep"].cpu().numpy()
            same = np.array([[plain[x] == plain[max(y, 0)] for x, y in zip(r, q)] for r, q in zip(rel, gold_dep)])
            n += mask.sum()
            up += ((out["upos"].argmax(-1) == b["upos"]) & b["mask"]).sum().item()
            xp += ((out["xpos"].argmax(-1) == b["xpos"]) & b["mask"]).sum().item()
            uas += ((heads == gold_head) & mask).sum()
            las += ((heads == gold_head) & same & mask).sum()
        if name == "names":
            res["names"] = 200 * tp / max(1, p + g)
        else:
            res |= {f"{name}.upos": 100 * up / n, f"{name}.xpos": 100 * xp / n, f"{name}.uas": 100 * uas / n, f"{name}.las": 100 * las / n}
    return res
