"""The pretrained encoder of the large reader of claims: MPNet (all-mpnet-base-v2, Apache 2.0), in plain layers.

Twelve layers of 768 over pieces of lower-cased words; attention counts how far apart two pieces stand (Song et al. 2020,
"MPNet: Masked and Permuted Pre-training for Language Understanding").
"""
import math

import torch
import torch.nn as nn
import torch.nn.functional as F

BEGIN, PADDING, END = 0, 1, 2
HEADS, BUCKETS, FAR = 12, 32, 128


def bucket(by):
    """The class of a distance: each of the near ones its own, the far ones in logarithmic steps, each direction apart."""
    half = BUCKETS // 2
    side, by = (by < 0).long() * half, by.abs()
    near = half // 2
    far = near + (torch.log(by.float().clamp(min=1) / near) / math.log(FAR / near) * (half - near)).long()
    return side + torch.where(by < near, by, far.clamp(max=half - 1))


def linear(w, name):
    layer = nn.Linear(*reversed(w[name + ".weight"].shape))
    layer.load_state_dict({q: w[f"{name}.{q}"].float() for q in ("weight", "bias")})
    return layer


def norm(w, name):
    layer = nn.LayerNorm(len(w[name + ".weight"]), eps=1e-5)
    layer.load_state_dict({q: w[f"{name}.{q}"].float() for q in ("weight", "bias")})
    return layer


class Layer(nn.Module):
    def __init__(self, w, name, drop):
        super().__init__()
        self.q, self.k, self.v, self.o = (linear(w, f"{name}.attention.attn.{x}") for x in "qkvo")
        self.up, self.down = linear(w, name + ".intermediate.dense"), linear(w, name + ".output.dense")
        self.n1, self.n2 = norm(w, name + ".attention.LayerNorm"), norm(w, name + ".output.LayerNorm")
        self.drop = drop

    def forward(self, x, mask):
        b, n, d = x.shape
        q, k, v = (m(x).view(b, n, HEADS, d // HEADS).transpose(1, 2) for m in (self.q, self.k, self.v))
        a = F.scaled_dot_product_attention(q, k, v, attn_mask=mask.to(q.dtype))
        x = self.n1(x + self.drop(self.o(a.transpose(1, 2).reshape(b, n, d))))
        return self.n2(x + self.drop(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    def __init__(self, w, dropout):
        super().__init__()
        table = lambda name: nn.Embedding.from_pretrained(w[name + ".weight"].float(), freeze=False)
        self.word, self.place = table("embeddings.word_embeddings"), table("embeddings.position_embeddings")
        self.far, self.norm = table("encoder.relative_attention_bias"), norm(w, "embeddings.LayerNorm")
        self.drop = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(w, f"encoder.layer.{n}", self.drop) for n in range(12))

    def forward(self, ids, total):
        """Rows of pieces; `ids` leaves the first column, and the one behind the last of `total` pieces, to this."""
        n = ids.shape[1]
        step = torch.arange(n, device=ids.device)
        ids = torch.where(step <= total[:, None], ids, PADDING)
        ids[:, 0] = BEGIN
        ids.scatter_(1, total[:, None] + 1, END)
        x = self.drop(self.norm(self.word(ids) + self.place(step + PADDING + 1)))
        # rows ask, columns are asked: their distance is where the asked one stands seen from the one who asks
        bias = self.far(bucket(step[:, None] - step[None, :])).permute(2, 0, 1)[None]
        mask = torch.where((step <= total[:, None] + 1)[:, None, None, :], bias, -1e4)
        for layer in self.layers:
            x = layer(x, mask)
        return x
