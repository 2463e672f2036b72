#!/bin/sh
# Makes a virtual environment with the pinned requirements: set_up_environment.sh PYTHON FOLDER [REQUIREMENTS]
set -eu
python=$1
folder=$2
requirements=${3:-requirements.txt}
system=$(uname)

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11, 2))' 2>/dev/null; then
    echo "Python 3.11.2 or newer is needed, and '$python' is not. Install it, or name it: make PYTHON=/path/to/python3" >&2
    exit 2
fi

# How a package is installed here: the names that this script asks for are the same in all these distributions.
how_to_install() {
    if command -v apt-get >/dev/null; then echo " Install it: sudo apt install $1"
    elif command -v dnf >/dev/null; then echo " Install it: sudo dnf install $1"
    elif command -v pacman >/dev/null; then echo " Install it: sudo pacman -S $1"
    elif command -v zypper >/dev/null; then echo " Install it: sudo zypper install $1"
    fi
}

# Installs a package where this may be done (by root, on Debian and its kin), else says how.
need_package() {
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "Installing Debian's $1."
        { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$1"; } >/dev/null 2>&1 && return 0
    fi
    echo "$2$(how_to_install "$1")" >&2
    return 1
}

if ! "$python" -c 'import ensurepip' 2>/dev/null; then
    # Debian keeps the venv module in a package of its own; elsewhere it comes with Python.
    if command -v apt-get >/dev/null; then
        need_package python3-venv "Python's venv module is missing." || exit 2
    else
        echo "The modules venv and ensurepip of '$python' are missing: install the whole of Python, or name another: make PYTHON=/path/to/python3" >&2
        exit 2
    fi
fi
if [ "$requirements" = requirements.txt ] && [ "$system" != Linux ]; then
    echo "Student code is graded on Linux only: use the Dockerfile or a Linux machine; building the course and the students' notebooks work here." >&2
elif [ "$requirements" = requirements.txt ]; then
    # Student code is run in its sandbox; without it the course can still be built.
    command -v bwrap >/dev/null || need_package bubblewrap "bubblewrap is missing: nothing can be graded without it." || true
    # Tests open the pages in a browser; without one they fail.
    command -v chromium >/dev/null || need_package chromium "chromium is missing: the tests that open pages in a browser fail." || true
fi
echo "Setting up $folder with the pinned requirements (about a minute, once)."
"$python" -m venv --clear "$folder"
"$folder/bin/python" -m pip install --quiet --disable-pip-version-check --no-compile --requirement "$requirements"
# pip compiles on one processor; a file that is no Python of this version stays as it is.
"$folder/bin/python" -m compileall -qq -j 0 "$folder"/lib || true
if [ "$requirements" = requirements.txt ]; then
    # The course itself, as it lies here: nbgrader finds it from every folder, and changes show at once.
    "$folder/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
fi
