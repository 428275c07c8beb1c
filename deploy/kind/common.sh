# Functions of up, smoke and down. Sourced, not run.
# shellcheck shell=bash disable=SC2034

cluster=orderflow
namespace=orderflow
version=0.1.0
context=kind-$cluster

say() { echo "[$(printf '%3d' $SECONDS) s] $*"; }

# kubectl for this cluster, regardless of the current context.
kube() { kubectl --context "$context" "$@"; }

# need TOOL...: fails if tools are missing, and says where to get each.
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

# need_cluster: fails if the cluster does not exist, and says how to create it.
need_cluster() {
  kind get clusters 2>/dev/null | grep -qx "$cluster" && return
  echo "No kind cluster $cluster. Create it with deploy/kind/up" >&2
  exit 2
}

step='starting'
# begin TEXT: prints the next step, which a failure's message will name.
begin() {
  step=$1
  say "$step"
}

# at_exit HINT: on failure prints the step and the hint.
at_exit() {
  local status=$? hint=$1
  [ $status = 0 ] || echo "Failed while $step. $hint" >&2
}
