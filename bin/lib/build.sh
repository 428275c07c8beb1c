# Functions of ./demo and bin/*: they find a JDK 25 and build the command. Sourced; the caller sets root.

die() {
  printf '%s\n' "$*" >&2
  exit 1
}

is_jdk_25() {
  [[ -x "$1/bin/java" && -x "$1/bin/javac" ]] && "$1/bin/java" -version 2>&1 | head -n 1 | grep -q '"25[."]'
}

find_jdk() {
  local home java
  if [[ -n "${JAVA_HOME:-}" ]] && is_jdk_25 "$JAVA_HOME"; then
    echo "$JAVA_HOME"
    return
  fi
  if java="$(command -v java)"; then
    home="$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p')"
    if [[ -n "$home" ]] && is_jdk_25 "$home"; then
      echo "$home"
      return
    fi
  fi
  if [[ -x /usr/libexec/java_home ]] && home="$(/usr/libexec/java_home -v 25 2>/dev/null)" && is_jdk_25 "$home"; then
    echo "$home"
    return
  fi
  for home in /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if is_jdk_25 "$home"; then
      echo "$home"
      return
    fi
  done
  return 1
}

require_maven() {
  local version
  command -v mvn >/dev/null || die "No Maven on the PATH: expected 3.8 or later. Install it from https://maven.apache.org"
  version="$(mvn -v 2>/dev/null | sed -n 's/.*Apache Maven \([0-9]*\.[0-9]*\).*/\1/p' | head -n 1)"
  [[ -n "$version" ]] || die "Maven does not run: expected mvn -v to print a version. It says: $(mvn -v 2>&1 | head -n 3)"
  [[ "${version%%.*}" -gt 3 || ("${version%%.*}" -eq 3 && "${version#*.}" -ge 8) ]] ||
    die "Maven $version is too old: expected 3.8 or later"
}

require_jdk() {
  find_jdk || die "No JDK 25 in JAVA_HOME, on the PATH or in the usual places. Install one, for example from https://adoptium.net"
}

# is_up_to_date PRODUCT MODULE...: the product exists, and no source of these modules is newer.
is_up_to_date() {
  local product="$1" module
  local -a sources=("$root/pom.xml")
  shift
  for module in "$@"; do
    [[ ! -d "$module/src/main" ]] || sources+=("$module/src/main")
    [[ ! -f "$module/pom.xml" ]] || sources+=("$module/pom.xml")
  done
  [[ -f "$product" && -z "$(find "${sources[@]}" -newer "$product" -type f -print -quit)" ]]
}

# build LOG ARGUMENT...: packages without tests, with the JDK 25 in $jdk.
build() {
  local start=$SECONDS log="$1"
  shift
  require_maven
  mkdir -p "$(dirname "$log")"
  echo "Building, which takes a minute or two the first time ..."
  if ! (cd "$root" && JAVA_HOME="$jdk" mvn -q -B -Dmaven.test.skip=true -Dspring-javaformat.validate.skip=true package "$@" >"$log" 2>&1); then
    tail -n 30 "$log" >&2
    die "The build failed. Its log is $log"
  fi
  echo "Built in $((SECONDS - start)) s"
}
