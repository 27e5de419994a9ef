# Finds the Plateflow that scripts/run runs on this machine. Sourced by scripts that speak to its Postgres.
# Expects $root, the checkout.

fail() {
  printf '%s: %s\n' "scripts/$(basename "$0")" "$1" >&2
  exit 1
}

# Prints the port of the server over a data folder; fails where none runs. The file is Postgres' own:
# its process, folder, start, port, ...
port_of() {
  local file=$1/postgres/data/postmaster.pid
  [[ -r $file ]] && kill -0 "$(sed -n 1p "$file")" 2>/dev/null && sed -n 4p "$file"
}

# Prints the data folder of the run that is meant: the given one, else the only one of this checkout.
running_data() {
  local data=$1 file folder running=()
  if [[ -z $data ]]; then
    for file in "$root"/.plateflow/running/*; do
      if [[ -r $file ]] && folder=$(cat "$file") && port_of "$folder" >/dev/null; then
        running+=("$folder")
      fi
    done
    if [[ ${#running[@]} -eq 0 ]]; then
      fail "Nothing runs: found no ./scripts/run of this checkout with a Postgres of its own. Start it, or name the folder of another run: --data-dir DIR"
    elif [[ ${#running[@]} -gt 1 ]]; then
      fail "Found ${#running[@]} runs, expected one; choose by --data-dir: $(printf '%s  ' "${running[@]}")"
    fi
    data=${running[0]}
  fi
  port_of "$data" >/dev/null ||
    fail "Nothing runs over $data: found no Postgres there. Start it: ./scripts/run --data-dir $data"
  printf '%s\n' "$data"
}
