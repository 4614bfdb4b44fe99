"""Learns lemmas: what is written small, and edits of words and of their ends.

`learn(DATA)` gives lines `TAG ENDING CUT ADD`: cut so many letters and add these. ENDING begins with `^` for a whole word.
TAG is a treebank tag, or a universal and a treebank tag with a slash between, for words whose lemma hangs on both. A whole
word's line is looked up by both tags, then by the treebank tag; then the longest ending decides, for tags of BENT words.
Words are looked up in small letters but for names (KEEP); `plain` says how a word without a line is written.
crates/model/src/lemmas.rs does the same.
"""
import collections, pathlib

FILES = ("ud/ewt/en_ewt-ud-train.conllu", "ud/gum/en_gum-clean-ud-train.conllu")
KEEP = {"NNP", "NNPS", "ADD"}
BENT = {"NNS", "NNPS", "VBD", "VBN", "VBG", "VBZ", "JJR", "JJS", "RBR", "RBS"}
LONGEST = 6

PEOPLES = ("an", "ese", "ish", "i")
NAME_OF_LETTERS = 5

Word = collections.namedtuple("Word", "form lemma upos xpos doc")


def read(path):
    """Words with their lemma, tags and the number of their document."""
    words, doc = [], 0
    for line in open(path, encoding="utf-8"):
        doc += line.startswith("# newdoc")
        c = line.rstrip("\n").split("\t")
        if len(c) == 10 and c[0].isdigit() and c[2] != "_" and c[7] != "goeswith":
            words.append(Word(c[1].replace("’", "'"), c[2].replace("’", "'"), c[3], c[4], doc))
    return words


def plain(w):
    """How a word is written whose ending is not bent: small, but for names and peoples; numbers lose their commas."""
    capitals = len(w.form) > 1 and w.form.isalpha() and w.form.isupper()
    if w.xpos == "CD" and w.form[0].isdigit():
        return w.form.replace(",", "").lower()
    if w.xpos in ("NNP", "NNPS") and capitals and len(w.form) > NAME_OF_LETTERS:
        return w.form.capitalize()
    if w.xpos in KEEP or w.upos == "PROPN":
        return w.form
    if w.xpos == "JJ" and w.form[0].isupper() and not capitals and w.form.endswith(PEOPLES):
        return w.form
    return w.form.lower()


def script(form, lemma):
    n = 0
    while n < min(len(form), len(lemma)) and form[n] == lemma[n]:
        n += 1
    return len(form) - n, lemma[n:]


def edit(word, rule):
    kept = len(word) - rule[0]
    return word[: max(kept, 0)] + rule[1] if kept > 0 or rule[1] else word


def key(w):
    return w.form if w.xpos in KEEP else w.form.lower()


class Rules(dict):
    """Edits by tag and ending."""

    def lemma(self, w):
        k = key(w)
        for tag in (w.upos + "/" + w.xpos, w.xpos):
            rule = self.get((tag, "^" + k))
            if rule:
                return edit(k, rule)
        word = plain(w)
        if w.xpos in BENT:
            for n in range(min(LONGEST, len(k)), 0, -1):
                rule = self.get((w.xpos, k[len(k) - n :]))
                if rule:
                    return edit(word, rule)
        return word


def endings(words, least=2):
    """The edit that most words of an ending have; shorter endings stand for longer ones that agree with them."""
    count = collections.defaultdict(collections.Counter)
    for form, lemma, tag in {(w.form.lower(), w.lemma.lower(), w.xpos) for w in words if w.xpos in BENT and w.form[0].isalpha()}:
        for n in range(1, min(LONGEST, len(form) - 1) + 1):
            for t in ("VBD", "VBN") if tag in ("VBD", "VBN") else (tag,):  # the two have the same endings
                count[t, form[len(form) - n :]][script(form, lemma)] += 1
    best = {k: c.most_common(1)[0][0] for k, c in count.items() if c.most_common(1)[0][1] >= least}
    rules = Rules()
    for (tag, end), rule in best.items():
        shorter = next((best[tag, end[n:]] for n in range(1, len(end)) if (tag, end[n:]) in best), (0, ""))
        if rule != shorter:
            rules[tag, end] = rule
    return rules


def wholes(words, rules, tag):
    """Lines for the words whose lemma the rules miss more often than their commonest lemma does."""
    seen = collections.defaultdict(list)
    for w in words:
        seen[tag(w), key(w)].append(w)
    for (t, k), each in sorted(seen.items()):
        lemma, right = collections.Counter(w.lemma for w in each).most_common(1)[0]
        if right > sum(rules.lemma(w) == w.lemma for w in each):
            yield (t, "^" + k), script(k, lemma)


def fit(words):
    rules = endings(words)
    rules.update(list(wholes(words, rules, lambda w: w.xpos)))
    rules.update(list(wholes(words, rules, lambda w: w.upos + "/" + w.xpos)))
    return rules


def learn(data):
    words = [w for f in FILES for w in read(pathlib.Path(data) / "data" / f)]
    return [f"{tag} {end} {cut} {add}" for (tag, end), (cut, add) in sorted(fit(words).items()) if " " not in end + add and cut < 256]


if __name__ == "__main__":
    import sys

    print(*learn(sys.argv[1]), sep="\n")
