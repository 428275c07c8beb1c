# Functions of ./demo and bin/audit, which run the whole system: they build the services and a launcher. Sourced after
# build.sh; the caller sets root and jdk.

services() {
  sed -n 's/^ *- name: *\([a-z-]*\).*/\1/p' "$root/deploy/setup/src/main/resources/services.yaml"
}

# Files that a launcher needs: its class path and the jar of each service.
products() {
  echo "$1"
  local service
  for service in $(services); do
    echo "$root/$service/target/$service-exec.jar"
  done
}

# is_stack_built CLASSPATH MODULE...: the launcher whose class path is in that file, and all services.
is_stack_built() {
  local product classpath="$1"
  shift
  # A class path from before the project was moved, or from another checkout, is invalid.
  grep -qF "$root/" "$classpath" 2>/dev/null || return 1
  while read -r product; do
    is_up_to_date "$product" "$root"/* "$root"/deploy/setup "$root"/lab/{servers,carrier,audit,demo} "$@" || return 1
  done < <(products "$classpath")
}

# build_stack CLASSPATH LOG MODULE: builds the launcher and all services.
build_stack() {
  local product
  build "$2" -pl "$3,$(services | paste -sd, -)" -am
  # Maven does not touch a product whose sources did not change: mark all products as up to date.
  while read -r product; do
    touch "$product"
  done < <(products "$1")
}
