#!/bin/sh
# Tool: @actions/glob 0.7.0
# Behaviour: in the patterns of actions * finds hidden files as well, and everything below each folder that it finds. An exclusion counts only for what
#   stands before it: "!b.txt" in the first line excludes nothing.
# Expected: as in a shell, * leaves names with a dot out and stops at the folder; and an exclusion holds for the whole list.
# Matters: actions that take paths are built on it, each with options of its own: build/* takes more than is meant, and an exclusion on top of a list takes nothing away.
# Seen:
#   *                    .hidden b.txt folder folder/.hidden folder/a.txt
#   !b.txt / *.txt       b.txt
#   *.txt / !b.txt       (nothing)
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 2' HUP INT TERM
cd "$tmp"
changed() { echo "changed: $1" >&2; exit 1; }

command -v npm >/dev/null || { echo "npm is missing" >&2; exit 2; }
node --version
npm install --silent --no-audit --no-fund @actions/glob@0.7.0 >npm.log 2>&1 || { cat npm.log >&2; exit 2; }
mkdir -p files/folder
for file in b.txt .hidden folder/a.txt folder/.hidden; do : >"files/$file"; done
cat >it.mjs <<'END'
import path from "node:path";
import { create } from "@actions/glob";
const write = process.stdout.write.bind(process.stdout);
process.stdout.write = () => true; // it prints what it does
process.chdir("files");
for (const patterns of ["*", "!b.txt\n*.txt", "*.txt\n!b.txt"]) {
  const found = await (await create(patterns)).glob();
  write(patterns.replace("\n", " / ") + ": " + found.map((f) => path.relative(".", f)).sort().join(" ") + "\n");
}
END
printed=$(node it.mjs)
echo "$printed"
[ "$printed" = "*: .hidden b.txt folder folder/.hidden folder/a.txt
!b.txt / *.txt: b.txt
*.txt / !b.txt: " ] || changed "patterns find other files"

echo "as described"
