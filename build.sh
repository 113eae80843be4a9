#!/usr/bin/env bash
# One entry point for every job. `./build.sh help` lists them.
set -euo pipefail
CALLER=$PWD
cd "$(dirname "$0")"

TOOLS=$PWD/target/tools
export PATH=$TOOLS/bin:$PATH
WASM=target/wasm32-unknown-unknown/release
WASM_RUSTFLAGS="-C target-feature=+simd128" # deflate at level 6 runs about 1.3 times as fast with it
# The standard library, made for size and without the texts of panics: a twelfth less to download. A
# failure of the core is then a bare trap; `CORE_MESSAGES=1 ./build.sh build` makes a core that says where.
SMALL_STD="-Zbuild-std=std,panic_abort -Zbuild-std-features=optimize_for_size"
SMALL_RUSTFLAGS="-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none"
# Named one by one: with --all-features the module needs what no browser has. Inlining, common
# subexpressions and locals that are put where they are used make the module smaller but what is packed larger,
# and so do pieces of data without the zeros between them.
# Sorted by name, functions that were made from the same generic one are neighbours, and are packed better.
WASM_OPT="--reorder-functions-by-name -Os --skip-pass=inlining-optimizing --skip-pass=local-cse --skip-pass=simplify-locals --skip-pass=memory-packing --low-memory-unused --strip-debug --strip-producers
  --enable-bulk-memory --enable-bulk-memory-opt --enable-nontrapping-float-to-int --enable-sign-ext
  --enable-mutable-globals --enable-reference-types --enable-multivalue --enable-simd"
BUDGET=534000 # bytes of the one script, gzip; the aim is 409600

say() { printf '\n== %s\n' "$*"; }

# --- what a fresh machine lacks -------------------------------------------------------------------

need_apt() { # COMMAND PACKAGE...
  local command=$1
  shift
  command -v "$command" >/dev/null && return
  local sudo=""
  [ "$(id -u)" = 0 ] || sudo=sudo
  say "Installing $*"
  [ -n "${APT_UPDATED:-}" ] || $sudo apt-get update -qq
  APT_UPDATED=1
  DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

need_target() {
  rustup target list --installed | grep -q wasm32-unknown-unknown || rustup target add wasm32-unknown-unknown
}

need_std() { # the sources of the standard library; fails where they cannot be had
  local sources
  sources=$(rustc --print sysroot)/lib/rustlib/src/rust/library
  [ -d "$sources" ] || rustup component add rust-src || return 1
}

need_bindgen() {
  local version
  version=$(sed -n '/^name = "wasm-bindgen"$/{n;s/version = "\(.*\)"/\1/p}' Cargo.lock)
  [ "$(wasm-bindgen --version 2>/dev/null)" = "wasm-bindgen $version" ] && return
  say "Installing wasm-bindgen $version"
  # Its own lock file names a version that some mirrors do not have yet.
  CARGO_TARGET_DIR=target/tools-build cargo install --quiet wasm-bindgen-cli --version "$version" --root "$TOOLS" --locked 2>/dev/null ||
    CARGO_TARGET_DIR=target/tools-build cargo install --quiet wasm-bindgen-cli --version "$version" --root "$TOOLS"
}

need_npm() {
  local stamp=tests/browser/node_modules/.installed
  [ -f "$stamp" ] && [ ! tests/browser/package-lock.json -nt "$stamp" ] && return
  say "Installing the npm tools of the lock file"
  npm ci --prefix tests/browser --no-audit --no-fund --silent
  touch "$stamp"
}

need_browser() {
  need_apt chromium chromium
  need_apt chromedriver chromium-driver
}

tool() { "tests/browser/node_modules/.bin/$1" "${@:2}"; }

# --- jobs -----------------------------------------------------------------------------------------

build() { # dist/: the page, the element, the command, the pages of the rules
  need_target
  need_bindgen
  need_npm
  core
  rm -rf target/wasm && mkdir -p target/wasm
  wasm-bindgen --target web --out-name core --out-dir target/wasm --remove-producers-section $WASM/gallery_packager.wasm
  # shellcheck disable=SC2086 # a list of flags
  tool wasm-opt $WASM_OPT target/wasm/core_bg.wasm -o target/wasm/core_bg.wasm
  # shellcheck disable=SC2086 # a list of flags
  tool wasm-opt $WASM_OPT --strip-target-features $WASM/unpacker.wasm -o target/wasm/unpacker.wasm
  cargo run --quiet --example rule-pages >target/rules.json
  say "Bundling dist/"
  node www/build.mjs
}

# The module, as small as this machine can make it, and the one that unpacks it.
core() {
  say "Building the core"
  local make=(cargo build --quiet --release --lib --package gallery-packager --package unpacker --target wasm32-unknown-unknown)
  if [ -n "${CORE_MESSAGES:-}" ]; then
    RUSTFLAGS=$WASM_RUSTFLAGS "${make[@]}"
  elif need_std; then
    # shellcheck disable=SC2086 # a list of flags; the variable allows the flags that are not stable yet
    RUSTC_BOOTSTRAP=1 RUSTFLAGS="$WASM_RUSTFLAGS $SMALL_RUSTFLAGS" "${make[@]}" $SMALL_STD
  else
    echo "The sources of the standard library (rust-src) cannot be had: the download gets larger." >&2
    RUSTFLAGS=$WASM_RUSTFLAGS "${make[@]}"
  fi
}

at_caller() { (cd "$CALLER" && realpath -sm -- "$1"); } # PATH: as it was meant where the command was given

run() { # [FOLDER|ZIP] [--no-serve]: packages it, or the sample, and serves the page
  local input="" serve_page=1 argument
  for argument in "$@"; do
    case $argument in
      --no-serve) serve_page=0 ;;
      *) input=$(at_caller "$argument") ;;
    esac
  done
  build
  if [ -z "$input" ]; then
    input=target/sample/guestbook
    rm -rf "$input"
    node dist/node/cli.mjs sample guestbook -o "$input"
  fi
  say "Packaging $input"
  local name out status=0
  name=$(basename "$input")
  out=target/${name%.[zZ][iI][pP]}.zip
  node dist/node/cli.mjs build "$input" -o "$out" || status=$?
  [ "$status" -le 1 ] || return "$status"
  say "In $out"
  python3 -m zipfile --list "$out"
  if [ "$serve_page" = 1 ]; then
    serve
  fi
}

serve() { # [PORT]: serves dist/ on this machine only
  [ -f dist/index.html ] || build
  say "The page is at http://127.0.0.1:${1:-8080}/ (Ctrl+C ends it)"
  node www/node/serve.mjs dist "${1:-8080}"
}

check() { # formatting, lints and types, without tests
  need_target
  need_npm
  say "Formatting and lints"
  # cargo fmt does not see modules that a macro declares.
  git ls-files '*.rs' | xargs rustfmt --edition 2024 --check
  cargo clippy --quiet --workspace --all-targets -- -D warnings
  RUSTFLAGS=$WASM_RUSTFLAGS cargo clippy --quiet --lib --test web --target wasm32-unknown-unknown -- -D warnings
  RUSTDOCFLAGS="-D warnings" cargo doc --quiet --workspace --no-deps --document-private-items
  tool prettier --check --log-level warn www tests/*.mjs tests/bench tests/browser tests/engines tests/unit
  [ -f target/wasm/core.d.ts ] || build
  tool tsc --noEmit -p www/tsconfig.json
  docs --check
}

fmt() { # formats everything
  need_npm
  git ls-files -co --exclude-standard '*.rs' | xargs rustfmt --edition 2024
  tool prettier --write --log-level warn www tests/*.mjs tests/bench tests/browser tests/engines tests/unit
}

docs() { # [--check]: makes the schema of the JSON report from the types that cross
  need_npm
  [ -f target/wasm/core.d.ts ] || build
  say "The schema of the report"
  tool ts-json-schema-generator --path target/wasm/core.d.ts --type Report --no-type-check --tsconfig www/tsconfig.json |
    sed '1s/{/{\n  "title": "Report of the Python gallery packager",/' |
    tool prettier --parser json >target/report.schema.json
  if [ "${1:-}" = --check ]; then
    diff -u www/report.schema.json target/report.schema.json || { echo "stale: ./build.sh docs writes it"; return 1; }
  else
    cp target/report.schema.json www/report.schema.json
  fi
}

golden() { # accepts what the validator and the generator say now; review the diff
  UPDATE_GOLDEN=1 cargo test --quiet --test native golden
  git --no-pager diff --stat -- tests/golden
}

new_rule() { # AREA/NAME [CODE]: the skeleton of a rule and of its golden
  node tests/new-rule.mjs "$@"
}

native() { # the native tests
  say "Native tests"
  cargo test --quiet
}

boundary() { # tests/web in a real browser
  need_target
  need_bindgen
  need_browser
  say "The boundary, in Chromium"
  CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner \
    CHROMEDRIVER=$(command -v chromedriver) WASM_BINDGEN_TEST_TIMEOUT=120 \
    WASM_BINDGEN_TEST_WEBDRIVER_JSON=$PWD/tests/webdriver.json RUSTFLAGS=$WASM_RUSTFLAGS \
    cargo test --target wasm32-unknown-unknown --test web
}

units() { # the JavaScript modules
  need_npm
  [ -f target/wasm/unpacker.wasm ] || build
  cargo run --quiet --example rule-pages >target/rules.json
  say "JavaScript modules"
  node --test --test-reporter=dot tests/unit/*.test.mjs
}

e2e() { # [FILTER]: the page, the element and the command, in a real browser and on real applications
  need_npm
  need_browser
  need_apt xmllint libxml2-utils
  need_apt unzip unzip
  python3 -m pip --version >/dev/null 2>&1 || need_apt pip3 python3-pip
  [ -f dist/index.html ] || build
  say "The page in Chromium, and packages that start"
  node --test --test-concurrency=1 --test-reporter=spec tests/browser/*"${1:-}"*.test.mjs
}

engines() { # [ENGINE]: the page in Firefox and in WebKitGTK; ENGINE is firefox or webkit. No part of test
  need_npm
  need_apt firefox-esr firefox-esr
  need_apt WebKitWebDriver webkit2gtk-driver
  need_apt Xvfb xvfb
  need_apt unzip unzip
  [ -f dist/index.html ] || build
  say "The page in ${1:-Firefox and WebKitGTK}"
  # Node 20 has WebSocket only when it is asked for; those after it take the flag and do nothing.
  ENGINE=${1:-} node --experimental-websocket --test --test-concurrency=1 --test-reporter=spec tests/engines/*.test.mjs
}

test_all() { # everything
  build
  check
  native
  boundary
  units
  e2e
  size
  say "Everything passed"
}

bench() { # [ROUNDS] [CORPORA] [MINUTES]: how fast it is, side by side with five libraries and native zip
  need_npm
  need_browser
  need_apt zip zip
  [ -f dist/index.html ] || build
  node tests/bench/bench.mjs "$@"
}

size() { # what is downloaded by part, and the one script against the budget
  [ -f dist/gallery-packager.js ] || build
  node www/sizes.mjs "$BUDGET"
}

help() {
  echo "usage: ./build.sh JOB [ARGUMENT...]"
  sed -n 's/^\([a-z_0-9]*\)() { # \(.*\)/  \1: \2/p' "$0" | grep -v '^  need_\|^  tool' | sed 's/^  test_all:/  test:/; s/^  new_rule:/  new-rule:/'
}

job=${1:-help}
shift || true
case $job in
  test) test_all "$@" ;;
  new-rule) new_rule "$@" ;;
  build | run | serve | check | fmt | docs | golden | native | boundary | units | e2e | engines | bench | size | help) "$job" "$@" ;;
  -h | --help) help ;;
  *)
    echo "build.sh: there is no job '$job'" >&2
    help >&2
    exit 2
    ;;
esac
