# Checks the repository's Python with the tools that this machine has, and says what it left out.
# To be sourced; needs the working directory to be the repository's root.

# Prints the first Python that can import all of the given modules.
python_with() {
  local python imports
  printf -v imports 'import %s;' "$@"
  for python in "${PLATEFLOW_PYTHON:-}" models/training/.venv/bin/python python3; do
    if [ -n "$python" ] && "$python" -c "$imports" 2>/dev/null; then
      printf '%s' "$python"
      return
    fi
  done
  return 1
}

python_checks() {
  local config=models/training/pyproject.toml pinned=models/training/constraints.txt python ruff version status
  local how="models/training/README.md says how to get it"
  # Another ruff may format otherwise, so only the pinned one judges.
  version=$(sed -n 's/^ruff==//p' "$pinned")
  if python=$(python_with ruff); then ruff=("$python" -m ruff); else ruff=(ruff); fi
  if [ "$("${ruff[@]}" --version 2>/dev/null)" = "ruff $version" ]; then
    "${ruff[@]}" check --quiet --config "$config" .
    "${ruff[@]}" format --quiet --check --config "$config" .
    echo "Python: ruff found nothing"
  else
    echo "Python: ruff $version is not here, style not checked; $how"
  fi
  if python=$(python_with pytest); then
    status=0
    (cd models/training && "$(python_path "$python")" -m pytest -p no:cacheprovider) || status=$?
    # 5: every test was skipped, each with the library that it misses.
    if [ "$status" = 5 ]; then
      echo "Python: no test ran for want of the libraries named above; $how"
    elif [ "$status" != 0 ]; then
      return "$status"
    fi
  else
    echo "Python: pytest is not here, Python tests not run; $how"
  fi
}

# A path that still leads there from another directory.
python_path() {
  case "$1" in
    */*) printf '%s' "$(cd "$(dirname "$1")" && pwd)/$(basename "$1")" ;;
    *) printf '%s' "$1" ;;
  esac
}
