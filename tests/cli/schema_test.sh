#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The JSON Schema for editors, with a validator that is not ours: what "check"
# takes it takes, and what is wrong in a way that a schema can tell it refuses.
# That its keys and words are the reader's is in tests/unit/routine.
set -u

python=/usr/bin/python3
if ! $python -c 'import jsonschema, yaml' 2>/dev/null; then
    echo "skipped: needs python3-jsonschema and python3-yaml"
    exit 0
fi
cd "$ROLLCALL_SOURCE" || exit 1
scratch=$(mktemp -d)
trap 'rm -r "$scratch"' EXIT
sed -n '/^```yaml$/,/^```$/p' docs/routine-format.md | grep -v '^```' \
    >"$scratch/evening.yaml"
(cd "$scratch" && printf 'Own\nhips\ntfl, stretch\n2\nhold\nnone\n30\nyes\n' |
    "$ROLLCALL" new ./own.yaml 2>/dev/null) || exit 1

$python - "$scratch/evening.yaml" "$scratch/own.yaml" <<'END'
import glob, json, sys
import jsonschema, yaml

schema = json.load(open("routines/routine.schema.json"))
jsonschema.Draft7Validator.check_schema(schema)
validator = jsonschema.Draft7Validator(schema)
failures = 0

def problems(path):
    document = yaml.safe_load(open(path))
    return [e.message for e in validator.iter_errors(document)]

golden = "tests/golden/check/"
right = glob.glob("routines/*.yaml") + glob.glob("routines/exercises/*.yaml")
right += glob.glob(golden + "lint-*.yaml") + sys.argv[1:]
for path in right:
    for message in problems(path):
        print("FAILED: %s is right: %s" % (path, message))
        failures += 1

wrong = ("unknown-key misspelt-required-key missing-keys choices sets pace "
         "ids no-exercises not-a-routine list-too-long text-too-long "
         "time-in-words cautions chain-exercises use comma")
for name in wrong.split():
    if not problems(golden + name + ".yaml"):
        print("FAILED: %s is wrong, but the schema takes it" % name)
        failures += 1

print("%d right, %d wrong, %d failures"
      % (len(right), len(wrong.split()), failures))
sys.exit(failures > 0)
END
