#!/usr/bin/env bash
# Installs what is not there yet: `setup.sh` for building and serving, `setup.sh test` for the tests too.
set -eu

missing=()
need() { # need PACKAGE TEST [ARGUMENT…]
  "${@:2}" >/dev/null 2>&1 || missing+=("$1")
}
command_of() { # any one of these commands
  local name
  for name; do if command -v "$name"; then return 0; fi; done
  return 1
}
header() { # any one of these headers
  local folder name
  for folder in /usr/include /usr/include/eigen3 /usr/local/include /usr/local/include/eigen3 /opt/homebrew/include /opt/homebrew/include/eigen3 ${CPATH:+${CPATH//:/ }}; do
    for name; do if [ -e "$folder/$name" ]; then return 0; fi; done
  done
  return 1
}
browser() { [ -x "${CHROMIUM:-}" ] || command_of chromium chromium-browser google-chrome google-chrome-stable; }

need cmake command_of cmake
need ninja-build command_of ninja
need g++ command_of g++ clang++
need emscripten command_of em++
need libeigen3-dev header Eigen/Core
need catch2 header catch2/catch.hpp catch2/catch_all.hpp
need libcli11-dev header CLI/CLI.hpp
need nlohmann-json3-dev header nlohmann/json.hpp
need nodejs command_of node
need npm command_of npm
if [ "${1:-}" = test ]; then need chromium browser; fi

if [ ${#missing[@]} -gt 0 ]; then
  echo "Missing: ${missing[*]}"
  if ! command -v apt-get >/dev/null; then
    echo "These are the names of Debian and Ubuntu. Install them here by hand, then say make again." >&2
    exit 1
  elif [ "$(id -u)" = 0 ]; then
    sudo=
  elif command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then
    sudo=sudo
  else
    echo "Neither root nor sudo here. As root: apt-get update && apt-get install ${missing[*]}" >&2
    exit 1
  fi
  # npm is fetched over https.
  $sudo apt-get update -q
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends ca-certificates "${missing[@]}"
fi

version=$(node --version)
major=${version#v}
if [ "${major%%.*}" -lt 18 ]; then
  echo "Node 18 or newer is needed; this one is $version. Install a newer one, then say make again." >&2
  exit 1
fi
