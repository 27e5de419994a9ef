# Sourced by the scripts: builds what is missing or older than its sources.
#
#   plateflow_root                prints the folder of the repository
#   plateflow_classpath MODULE    builds MODULE and what it needs if anything changed, and prints its class path
#   plateflow_test_classpath MODULE
#                                 the same with the tests of MODULE and their fixtures
#
# Everything but the result goes to stderr. MVN names another Maven than the one on the PATH.

plateflow_root() {
  (cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
}

plateflow_classpath() {
  local module=$1 root stamp
  root=$(plateflow_root)
  stamp=$root/$module/target/classpath.txt
  _plateflow_check_java || return 1
  if _plateflow_is_stale "$root" "$module" "$stamp"; then
    echo "Building $module ..." >&2
    _plateflow_build "$root" "$module" "$stamp" || return 1
  fi
  echo "$root/$module/target/classes:$(cat "$stamp")"
}

plateflow_test_classpath() {
  local module=$1 root stamp
  root=$(plateflow_root)
  stamp=$root/$module/target/test-classpath.txt
  _plateflow_check_java || return 1
  if _plateflow_is_stale "$root" "$module" "$stamp" test; then
    echo "Building $module and its tests ..." >&2
    _plateflow_build "$root" "$module" "$stamp" test || return 1
  fi
  echo "$root/$module/target/test-classes:$root/$module/target/classes:$(cat "$stamp")"
}

_plateflow_check_java() {
  local version
  version=$(java -XshowSettings:properties -version 2>&1 | sed -n 's/.*java.specification.version = //p')
  if [[ -z $version || ${version%%.*} -lt 17 ]]; then
    echo "Found Java '${version:-none}', expected 17 or newer on the PATH" >&2
    return 1
  fi
}

# Modules in the order in which they use each other; a module needs at most those before it.
_plateflow_modules_up_to() {
  local module
  for module in schemas models clients api connectors jobs standalone; do
    echo "$module"
    [[ $module == "$1" ]] && return
  done
}

# With a fourth argument, its tests count too.
_plateflow_is_stale() {
  local root=$1 module=$2 stamp=$3 tests=${4:-} name
  [[ -f $stamp ]] || return 0
  while read -r name; do
    [[ -d $root/$name/target/classes || ! -d $root/$name/src/main ]] || return 0
    if [[ -n $(find "$root/pom.xml" "$root/$name/pom.xml" "$root/$name/src/main" -newer "$stamp" -print -quit 2>/dev/null) ]]; then
      return 0
    fi
    if [[ -n $tests && -d $root/$name/src/test ]] &&
      [[ -n $(find "$root/$name/src/test" -newer "$stamp" -print -quit) ]]; then
      return 0
    fi
  done < <(_plateflow_modules_up_to "$module")
  return 1
}

_plateflow_build() {
  local root=$1 module=$2 stamp=$3 tests=${4:-} log started
  # Fixtures of other modules' tests are dependencies, too, and Maven only finds them in a build that
  # comes to the tests; skipped ones cost nothing.
  local -a goals=(test-compile -Dmaven.test.skip=true dependency:build-classpath -DincludeScope=runtime -Dmdep.outputFile=target/classpath.txt)
  if [[ -n $tests ]]; then
    goals=(test-compile dependency:build-classpath -DincludeScope=test -Dmdep.outputFile=target/test-classpath.txt)
  fi
  log=$(mktemp)
  started=$(mktemp)
  # Offline first: with a filled cache Maven then asks no server.
  if ! _plateflow_maven "$root" "$module" -o "${goals[@]}" >"$log" 2>&1 &&
    ! _plateflow_maven "$root" "$module" "${goals[@]}" >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log" "$started" "$stamp"
    echo "Building $module failed" >&2
    return 1
  fi
  # Maven leaves an unchanged file alone; what was edited during the build is newer than its start.
  touch -r "$started" "$stamp"
  rm -f "$log" "$started"
}

_plateflow_maven() {
  local root=$1 module=$2
  shift 2
  (cd "$root" && "${MVN:-mvn}" -q -B -pl "$module" -am -DskipTests "$@")
}
