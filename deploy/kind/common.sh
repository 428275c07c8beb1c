# What up, smoke and down share. Sourced, not run.
# shellcheck shell=bash disable=SC2034

cluster=orderflow
namespace=orderflow
version=0.1.0
context=kind-$cluster

say() { echo "[$(printf '%3d' $SECONDS) s] $*"; }

# Every kubectl here is about this cluster, whatever the shell's own context is.
kube() { kubectl --context "$context" "$@"; }

# need TOOL...: all that are missing at once, and where to get them.
need() {
  local tool missing=0
  for tool in "$@"; do
    command -v "$tool" >/dev/null && continue
    missing=1
    case $tool in
      docker) echo "missing: docker, https://docs.docker.com/get-docker" >&2 ;;
      kind) echo "missing: kind 0.30 or later, https://kind.sigs.k8s.io/docs/user/quick-start#installation" >&2 ;;
      kubectl) echo "missing: kubectl 1.33 or later, https://kubernetes.io/docs/tasks/tools" >&2 ;;
      *) echo "missing: $tool" >&2 ;;
    esac
  done
  [ $missing = 0 ] || exit 2
}

# need_cluster: says what to do where there is none.
need_cluster() {
  kind get clusters 2>/dev/null | grep -qx "$cluster" && return
  echo "There is no kind cluster $cluster. deploy/kind/up makes one." >&2
  exit 2
}

step='starting'
# begin TEXT: what is done now, for the reader and for a failure's message.
begin() {
  step=$1
  say "$step"
}

# at_exit HINT: names the step that failed, with the command that shows more.
at_exit() {
  local status=$? hint=$1
  [ $status = 0 ] || echo "Failed while $step. $hint" >&2
}
