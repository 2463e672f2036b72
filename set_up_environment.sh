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
if ! "$python" -c 'import ensurepip' 2>/dev/null; then
    # Debian keeps the venv module in a package of its own.
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "Installing Debian's python3-venv."
        apt-get update -qq && apt-get install -y -qq python3-venv >/dev/null
    else
        echo "Python's venv module is missing. Install it: sudo apt install python3-venv" >&2
        exit 2
    fi
fi
echo "Setting up $folder with the pinned requirements (about a minute, once)."
"$python" -m venv --clear "$folder"
"$folder/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$requirements"
