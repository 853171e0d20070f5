#!/usr/bin/env bash
# Builds the command line and makes thumbnails on all cores.
#
#   ./run.sh                    of a sample set of 40 pictures, drawn when it is missing; everything goes to ./out
#   ./run.sh PATH --out DIR     of your own folder; every option of 'armature images' is understood
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"

if ! command -v dotnet > /dev/null || ! dotnet --list-sdks | grep -qE '^(1[0-9]|[2-9][0-9])\.'; then
  echo "run.sh: the .NET SDK 10 or later is missing. Get it from https://dotnet.microsoft.com/download, then run this again." >&2
  exit 2
fi

log="$(mktemp)"
echo "Building ..." >&2
if ! (cd "$root" && dotnet build src/Cli -c Release --nologo -v quiet > "$log" 2>&1); then
  cat "$log" >&2
  rm -f "$log"
  echo "run.sh: the build failed; see above." >&2
  exit 2
fi
rm -f "$log"

# The last command takes the place of this script, so that a signal to the script reaches the work and the exit code is its own.
armature=(dotnet "$root/src/Cli/bin/Release/net10.0/armature.dll")
if [ $# -gt 0 ]; then
  exec "${armature[@]}" images "$@"
fi

# The samples get signals from this script alone: in a process group of their own a Ctrl-C does not reach them twice.
set -m
"${armature[@]}" samples "$root/out/samples" &
samples=$!
set +m
trap 'kill -TERM "$samples" 2> /dev/null || true' TERM INT
code=0
wait "$samples" || code=$?
while kill -0 "$samples" 2> /dev/null; do
  wait "$samples" && code=0 || code=$?
done
trap - TERM INT
[ "$code" -eq 0 ] || exit "$code"
exec "${armature[@]}" images "$root/out/samples" --out "$root/out/thumbnails" --force
