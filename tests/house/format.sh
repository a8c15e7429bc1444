#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every source is laid out as clang-format would.
set -euo pipefail
cd "${ROLLCALL_SOURCE:-$(dirname "$0")/../..}"
find src tests -name '*.[ch]' -print0 | sort -z |
    xargs -0 -n 20 -P "$(nproc)" clang-format --dry-run --Werror
