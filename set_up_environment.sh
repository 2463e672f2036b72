#!/bin/sh
# Makes a virtual environment with the pinned requirements: set_up_environment.sh PYTHON FOLDER [REQUIREMENTS]
set -eu
python=$1
folder=$2
requirements=${3:-requirements.txt}

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "Python 3.11 or newer is needed, and '$python' is not. Install it, or name it: make PYTHON=/path/to/python3" >&2
    exit 2
fi

# Installs a Debian package where this may be done, else says how.
need_package() {
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "Installing Debian's $1."
        { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$1"; } >/dev/null 2>&1 && return 0
    fi
    echo "$2 Install it: sudo apt install $1" >&2
    return 1
}

# Debian keeps the venv module in a package of its own.
"$python" -c 'import ensurepip' 2>/dev/null || need_package python3-venv "Python's venv module is missing." || exit 2
# Student code is run in its sandbox; without it the course can still be built.
command -v bwrap >/dev/null || need_package bubblewrap "bubblewrap is missing: nothing can be graded without it." || true
# Tests open formgrader's page in a browser; without one they skip that.
[ "$requirements" != requirements.txt ] || command -v chromium >/dev/null ||
    need_package chromium "chromium is missing: one test of formgrader's page is skipped." || true
echo "Setting up $folder with the pinned requirements (about a minute, once)."
"$python" -m venv --clear "$folder"
"$folder/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$requirements"
