#!/usr/bin/env bash
# Builds everything once, with warnings as errors, and runs every test. Installs what the tests need where apt and
# root (or sudo without a password) are there, and otherwise says what is missing.
# The last line is "N passed, N failed, N skipped"; the exit code is 0 only when tests ran and none failed.
set -euo pipefail
cd "$(dirname "$0")"

solution=Armature.Orleans.sln
export DOTNET_CLI_UI_LANGUAGE=en DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
export MSBUILDDISABLENODEREUSE=1 # A build node that stays behind would hold this script's output open.

fail() {
  printf 'test.sh: %s\n' "$@" >&2
  exit 2
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}

can_install() {
  command -v apt-get >/dev/null && { [ "$(id -u)" -eq 0 ] || sudo -n true 2>/dev/null; }
}

# Each program that the tests start, and the Debian package it comes in.
needed=(redis-server:redis-server node:nodejs npm:npm setpriv:util-linux prlimit:util-linux)

missing_packages() {
  local entry
  for entry in "${needed[@]}"; do
    command -v "${entry%%:*}" >/dev/null || echo "${entry##*:}"
  done | sort -u
}

# Tests that draw text need a font of the system.
has_font() {
  find /usr/share/fonts /usr/local/share/fonts "$HOME/.fonts" -name '*.[to]tf' -print -quit 2>/dev/null | grep -q .
}

install_requirements() {
  local packages
  mapfile -t packages < <(missing_packages)
  has_font || packages+=(fonts-dejavu-core)
  [ "${#packages[@]}" -eq 0 ] && return

  can_install || fail "these packages are missing and cannot be installed from here: ${packages[*]}" \
    "install them (Debian: apt-get install ${packages[*]}) and run ./test.sh again"
  echo "Installing ${packages[*]}"
  # A redis-server service that the package may start stays apart: the tests start servers of their own on free ports.
  if ! as_root apt-get update -qq ||
    ! as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null; then
    fail "apt-get could not install ${packages[*]}; see above" "install them in another way and run ./test.sh again"
  fi
  [ -z "$(missing_packages)" ] || fail "these packages did not install what the tests need: $(missing_packages | xargs)"
}

# The number after a label of the last summary that the test platform printed; 0 when it is not there.
total_of() {
  sed -nE "s/^ +$1: ([0-9]+)\$/\1/p" "$log" | tail -n 1 | grep . || echo 0
}

has_sdk() {
  command -v dotnet >/dev/null && dotnet --list-sdks | grep -qE '^(1[0-9]|[2-9][0-9])\.'
}

# Node 20.19 or later: rendering needs it, and so do the builds of the sites that it is tested with.
has_node() {
  node -e 'const [major, minor] = process.versions.node.split(".").map(Number); process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)'
}

# Distributions often have an older Node. npm has its own builds of it as packages, which are kept in the user's cache.
use_node_of_npm() {
  local version=20.20.2 architecture folder
  case "$(uname -s)-$(uname -m)" in
    Linux-x86_64) architecture=x64 ;;
    Linux-aarch64) architecture=arm64 ;;
    *) return 1 ;;
  esac
  folder="${XDG_CACHE_HOME:-$HOME/.cache}/armature/node-$version"
  if [ ! -x "$folder/node_modules/node-linux-$architecture/bin/node" ]; then
    echo "Installing Node $version, as this is $(node --version)"
    npm install --prefix "$folder" --no-save --no-audit --no-fund --loglevel error "node-linux-$architecture@$version" || return 1
  fi
  export PATH="$folder/node_modules/node-linux-$architecture/bin:$PATH"
  has_node
}

has_sdk || fail "the .NET SDK 10 or later is missing: https://dotnet.microsoft.com/download/dotnet/10.0"
install_requirements
has_node || use_node_of_npm || fail "Node 20.19 or later is needed, but this is $(node --version): https://nodejs.org"

dotnet restore "$solution" --locked-mode
dotnet build "$solution" --no-restore -warnaserror

log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
# One test project after the other: several of them start clusters and keep all cores busy.
dotnet test --solution "$solution" --no-build --max-parallel-test-modules 1 --ignore-exit-code 8 2>&1 | tee "$log" || status=$?

passed=$(total_of succeeded)
failed=$(total_of failed)
skipped=$(total_of skipped)
if [ "$status" -eq 0 ] && [ "$((passed + failed))" -eq 0 ]; then
  echo "test.sh: no test ran" >&2
  status=1
fi

echo
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] || exit 1
exit "$status"
