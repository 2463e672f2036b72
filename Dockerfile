# A Linux to grade on, for Windows, macOS, and Linux without bubblewrap: stock Debian 12. The course is not copied into it; it is
# the folder that you mount, and its environment is made there, as .venv-container, by the first `make grade`:
#
#   docker build -t course - <Dockerfile
#   docker run -it --rm --user "$(id -u):$(id -g)" --security-opt seccomp=unconfined --security-opt apparmor=unconfined \
#       --security-opt systempaths=unconfined -p 127.0.0.1:8888:8888 -v "$PWD:/course" course make grade
#
# What bubblewrap needs of the container, and of it no more:
# - seccomp=unconfined, and apparmor=unconfined where the host has AppArmor: namespaces and mounts may be made by users;
# - systempaths=unconfined: a sandbox may mount a /proc of its own, which the kernel denies where parts of /proc are covered.
# No capability is added, and none is needed; the sandbox gets its rights in its own user namespace only.
#
# Tried, without a container engine, in a Debian 12 with these packages behind a pivot_root, in new namespaces of mounts, processes
# and communication, with Docker's default capabilities: as a user and as root, `make grade` grades the sample class and
# `make formgrader` starts; with the parts of /proc covered that Docker covers, the sandbox does not start ("Can't mount proc").
# Not tried: an engine (Docker, Podman), its seccomp and AppArmor profiles, the build of this file by one, the development container.
FROM debian:12-slim

RUN apt-get update \
    && apt-get install -y --no-install-recommends bubblewrap ca-certificates git make python3 python3-venv \
    && rm -rf /var/lib/apt/lists/*

# Any user may be named on the command line, to whom the files that are written then belong.
RUN useradd --create-home --uid 1000 --shell /bin/bash course && chmod 777 /home/course
ENV HOME=/home/course USER=course LOGNAME=course LANG=C.UTF-8

# A machine and its containers share the folder of the course, and not the environment in it.
ENV COURSE_VENV=.venv-container

# `make formgrader` is opened by a browser outside.
RUN mkdir -p /etc/jupyter \
    && echo '{"ServerApp": {"ip": "0.0.0.0", "open_browser": false}}' >/etc/jupyter/jupyter_server_config.json

USER course
WORKDIR /course
CMD ["make", "help"]
