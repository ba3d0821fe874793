"""The network: embeddings -> blocks of gated convolution, two-way recurrence and attention -> heads.

B sentences, T words, D width. Every matrix product's input is a normalised or bounded row, so that it survives 8 bits.
"""
import math

import torch
from torch import nn
import torch.nn.functional as F

import features

GLOVE, EMB = 100, 156        # 256 together
DIST = 16                    # distances of head and dependent are told apart up to this


class Norm(nn.Module):
    """Root mean square norm (Zhang and Sennrich 2019)."""

    def __init__(self, d):
        super().__init__()
        self.g = nn.Parameter(torch.ones(d))

    def forward(self, x):
        return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + 1e-5) * self.g


class Scan(torch.autograd.Function):
    """c[t] = f[t] * c[t-1] + g[t], along dimension 0."""

    @staticmethod
    def forward(ctx, f, g):
        c = torch.empty_like(g)
        c[0] = g[0]
        for t in range(1, g.shape[0]):
            torch.addcmul(g[t], f[t], c[t - 1], out=c[t])
        ctx.save_for_backward(f, c)
        return c

    @staticmethod
    def backward(ctx, dc):
        f, c = ctx.saved_tensors
        dg = dc.clone()
        for t in range(dc.shape[0] - 2, -1, -1):
            dg[t].addcmul_(f[t + 1], dg[t + 1])
        df = torch.zeros_like(f)
        df[1:] = dg[1:] * c[:-1]
        return df, dg


class Conv(nn.Module):
    """x + W2 (a * sigmoid(b)), (a, b) = W1 [x-1 x x+1] (Dauphin et al. 2017)."""
    kind = "conv"

    def __init__(self, d, p, k=3):
        super().__init__()
        self.k = k
        self.norm, self.inp, self.drop = Norm(d), nn.Linear(k * d, 2 * d), nn.Dropout(p)

    def forward(self, x, mask):
        h = self.norm(x) * mask
        h = F.pad(h, (0, 0, self.k // 2, self.k // 2))
        n = x.shape[1]
        a, b = self.inp(torch.cat([h[:, i:i + n] for i in range(self.k)], -1)).chunk(2, -1)
        return x + self.drop(a * torch.sigmoid(b))


class Rec(nn.Module):
    """Two-way light recurrence (Lei et al. 2018, Bradbury et al. 2017): gates see the input only, so products stay matrices."""
    kind = "rec"

    def __init__(self, d, p, h):
        super().__init__()
        self.h = h
        self.norm, self.inp, self.out, self.drop = Norm(d), nn.Linear(d, 6 * h), nn.Linear(2 * h, d), nn.Dropout(p)
        with torch.no_grad():
            self.inp.bias[2 * h:4 * h] = torch.linspace(-1, 3, h).repeat(2)     # forget slowly in some units

    def forward(self, x, mask):
        h = self.h
        z, f, o = self.inp(self.norm(x)).split(2 * h, -1)             # each: forward units, backward units
        f = torch.sigmoid(f)
        g = (1 - f) * z * mask
        f, g = f.transpose(0, 1), g.transpose(0, 1)
        f = torch.cat([f[..., :h], f[..., h:].flip(0)], -1).contiguous()
        g = torch.cat([g[..., :h], g[..., h:].flip(0)], -1).contiguous()
        c = Scan.apply(f, g)
        c = torch.cat([c[..., :h], c[..., h:].flip(0)], -1).transpose(0, 1)
        return x + self.drop(self.out(c * torch.sigmoid(o)))


class Attn(nn.Module):
    """Self-attention (Vaswani et al. 2017) with a learned bias a head for the distance."""
    kind = "attn"

    def __init__(self, d, p, heads=4):
        super().__init__()
        self.n = heads
        self.norm, self.qkv, self.out, self.drop = Norm(d), nn.Linear(d, 3 * d), nn.Linear(d, d), nn.Dropout(p)
        self.dist = nn.Parameter(torch.zeros(heads, 2 * DIST + 1))

    def forward(self, x, mask):
        b, t, d = x.shape
        q, k, v = (y.view(b, t, self.n, -1).transpose(1, 2) for y in self.qkv(self.norm(x)).chunk(3, -1))
        i = torch.arange(t)
        rel = (i[None, :] - i[:, None]).clamp(-DIST, DIST) + DIST
        s = q @ k.transpose(-1, -2) / math.sqrt(d / self.n) + self.dist[:, rel]
        s = s.masked_fill(mask.view(b, 1, 1, t) == 0, -1e9)
        y = (torch.softmax(s, -1) @ v).transpose(1, 2).reshape(b, t, d)
        return x + self.drop(self.out(y))


class Parser(nn.Module):
    def __init__(self, inv, vectors, scale, d=256, blocks="c r c r a", h=192, arc=128, rel=256, p=0.25):
        super().__init__()
        self.cfg = dict(d=d, blocks=blocks, h=h, arc=arc, rel=rel)
        self.register_buffer("vec", torch.cat([torch.zeros(1, GLOVE), vectors.float() * scale[:, None]]), persistent=False)
        self.emb = nn.EmbeddingBag(features.WORD_ROWS + features.AFFIX_ROWS + 1, EMB, mode="sum",
                                   padding_idx=features.WORD_ROWS + features.AFFIX_ROWS)
        nn.init.normal_(self.emb.weight, std=0.3)
        with torch.no_grad():
            self.emb.weight[-1] = 0
        self.norm0 = Norm(GLOVE + EMB)
        self.inp = nn.Linear(GLOVE + EMB, d)
        self.drop0 = p
        make = {"c": lambda: Conv(d, p), "r": lambda: Rec(d, p, h), "a": lambda: Attn(d, p)}
        self.blocks = nn.ModuleList(make[b]() for b in blocks.split())
        self.norm = Norm(d)
        sizes = [len(inv[k]) for k in ("upos", "xpos", "feats", "lemma", "ne")]
        self.sizes = sizes
        self.tags = nn.Linear(d, sum(sizes))
        self.arc = nn.Linear(d, 2 * arc)              # dependent, head
        self.bil = nn.Linear(arc, arc)                # dependent -> the space of heads
        self.root = nn.Parameter(torch.randn(arc) * 0.1)
        self.headbias = nn.Parameter(torch.zeros(arc))
        self.dist = nn.Parameter(torch.zeros(2 * DIST + 1))
        self.rel = nn.Linear(d, 2 * rel)              # dependent, head
        self.relroot = nn.Parameter(torch.randn(rel) * 0.1)
        self.relout = nn.Linear(rel, len(inv["dep"]))
        self.pm = p

    def encode(self, rows, vec, mask):
        """rows (B,T,SLOTS) with the last table row for none; vec (B,T), 0 for none; mask (B,T,1)."""
        b, t, s = rows.shape
        e = self.emb(rows.view(b * t, s)).view(b, t, EMB)
        x = torch.cat([self.vec[vec], e], -1)
        if self.training:
            x = x * F.dropout(torch.ones(b, 1, x.shape[-1]), self.drop0 * 0.6)     # the same units in the whole sentence
            x = F.dropout(x, 0.1)
        x = self.inp(self.norm0(x))
        for blk in self.blocks:
            x = blk(x, mask)
        return self.norm(x)

    def forward(self, rows, vec, mask, head=None):
        """Scores of the tag heads, of arcs (B,T,T+1; column 0 = root) and of relations at head (B,T)."""
        x = self.encode(rows, vec, mask)
        b, t, d = x.shape
        x = F.dropout(x, self.pm, self.training)
        tags = self.tags(x).split(self.sizes, -1)
        dep, hd = F.dropout(F.relu(self.arc(x)), self.pm, self.training).chunk(2, -1)
        hd = torch.cat([self.root.expand(b, 1, -1), hd], 1)
        arcs = (self.bil(dep) @ hd.transpose(1, 2) + (hd @ self.headbias)[:, None, :]) / math.sqrt(hd.shape[-1])
        i = torch.arange(t)
        rel = (i[None, :] - i[:, None]).clamp(-DIST, DIST) + DIST
        arcs = arcs + F.pad(self.dist[rel], (1, 0))[None]
        no = F.pad(mask[..., 0] == 0, (1, 0))[:, None, :] | F.pad(torch.eye(t, dtype=torch.bool), (1, 0))[None]
        arcs = arcs.masked_fill(no, -1e4)
        if head is None:
            head = mst_batch(arcs, mask)
        rd, rh = self.rel(x).chunk(2, -1)
        rh = torch.cat([self.relroot.expand(b, 1, -1), rh], 1)
        rh = rh.gather(1, head.clamp(min=0)[..., None].expand(-1, -1, rh.shape[-1]))
        z = F.relu(rd + rh)
        return tags, arcs, self.relout(F.dropout(z, self.pm, self.training)), head


def mst(s):
    """Heads (n) of the best tree with one root; s (n, n+1) numpy, column 0 = root (Chu and Liu 1965, Edmonds 1967)."""
    import numpy as np
    n = s.shape[0]
    h = s.argmax(1)
    if tree(h) and (h == 0).sum() == 1:
        return h
    best = None
    roots = np.argsort(-s[:, 0] + s[:, 1:].max(1))[:max(5, (h == 0).sum())] if n > 1 else [0]
    for r in roots:
        w = s.copy()
        w[:, 0] = -1e9
        w[r, :] = -1e9
        w[r, 0] = s[r, 0]
        full = np.full((n + 1, n + 1), -1e9)
        full[1:] = w
        hh = edmonds(full)[1:]
        v = w[np.arange(n), hh].sum()
        if best is None or v > best[0]:
            best = (v, hh)
    return best[1]


def tree(h):
    seen = [0] * len(h)
    for i in range(len(h)):
        j, path = i, []
        while seen[j] == 0:
            seen[j] = 1
            path.append(j)
            if h[j] == 0:
                break
            j = h[j] - 1
        else:
            if seen[j] == 1:
                return False
        for k in path:
            seen[k] = 2
    return True


def edmonds(s):
    """Heads of all nodes, node 0 the root; s[i, j] = score of j as head of i."""
    import numpy as np
    n = len(s)
    s = s.copy()
    np.fill_diagonal(s, -1e18)
    h = s.argmax(1)
    h[0] = 0
    colour, cyc = [0] * n, None
    colour[0] = 2
    for i in range(1, n):
        j, path = i, []
        while colour[j] == 0:
            colour[j] = 1
            path.append(j)
            j = h[j]
        if colour[j] == 1:
            cyc = path[path.index(j):]
            break
        for k in path:
            colour[k] = 2
    if cyc is None:
        return h
    inc = np.zeros(n, bool)
    inc[cyc] = True
    rest = [i for i in range(n) if not inc[i]]
    m = len(rest)
    c = np.array(cyc)
    w = np.full((m + 1, m + 1), -1e18)
    w[:m, :m] = s[np.ix_(rest, rest)]
    out = s[np.ix_(rest, c)]
    w[:m, m] = out.max(1)
    out_at = c[out.argmax(1)]
    inn = s[np.ix_(c, rest)] - s[c, h[c]][:, None]
    w[m, :m] = inn.max(0)
    in_at = c[inn.argmax(0)]
    sub = edmonds(w)
    res = h.copy()
    for a in range(1, m):
        res[rest[a]] = out_at[a] if sub[a] == m else rest[sub[a]]
    k = sub[m]
    res[in_at[k]] = rest[k]
    return res


def mst_batch(arcs, mask):
    n = mask[..., 0].sum(1).long().tolist()
    a = arcs.detach().numpy()
    out = torch.zeros(arcs.shape[:2], dtype=torch.long)
    for b, k in enumerate(n):
        out[b, :k] = torch.from_numpy(mst(a[b, :k, :k + 1]))
    return out
