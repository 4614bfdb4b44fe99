"""Chooses running text for the large readers to label: none that shares eight words in a row with a document that measures.

usage: texts.py DATA OUT.jsonl

Read: Wikipedia's current events (CC BY-SA), Wikinews (CC BY), half of the statements of the US government (public domain).
"""
import csv, json, pathlib, random, re, sys


def shingles(text, n=8):
    words = re.findall(r"[a-z0-9]+", text.lower())
    return {" ".join(words[i : i + n]) for i in range(max(1, len(words) - n + 1))} if len(words) >= 4 else set()


def items(root):
    """Id and text, as the marks name them."""
    for n, line in enumerate(open(root / "current-events/events.tsv", encoding="utf-8")):
        cells = line.rstrip("\n").split("\t")
        if len(cells) >= 3 and 60 < len(cells[2]) < 1500:
            topic = "" if cells[1] == "Uncategorized" or len(cells[1].split()) > 6 else cells[1] + ": "
            yield f"e{n}", topic + cells[2]
    csv.field_size_limit(1 << 24)
    for year in (2019, 2020):
        for n, row in enumerate(csv.DictReader(open(root / f"wikinews/wikinews_{year}.csv", encoding="utf-8"))):
            yield f"w{year}-{n}", (row["title"] + "\n\n" + row["text"])[:4000]
    doc, head = [], ""
    for n, line in enumerate(open(root / "us-statements/statements-releases.txt", encoding="utf-8")):
        if line.startswith("# "):
            if doc:
                yield f"s{n}", "\n".join([head, *doc])[:3500]
            doc, head = [], line.rstrip("\n").split("\t")[-1]
        elif line.strip():
            doc.append(line.strip())


def main():
    data, out = map(pathlib.Path, sys.argv[1:])
    held, rng, words = set(), random.Random(3), 0
    for part in ("dev", "dev-briefs"):
        for path in (data / "claims" / part / "text").glob("*.txt"):
            held |= shingles(path.read_text(encoding="utf-8"))
    with open(out, "w", encoding="utf-8") as f:
        for name, text in items(data / "data/corpus"):
            if (name[0] == "s" and rng.random() > 0.5) or shingles(text) & held:
                continue
            f.write(json.dumps({"id": name, "text": text}) + "\n")
            words += len(text.split())
    print(f"{out}: {words} words")


main()
