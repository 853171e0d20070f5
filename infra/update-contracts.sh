#!/usr/bin/env bash
# Writes the OrleansContracts.txt of each project that has one, after a change of a grain interface or class that is meant.
# Review the difference before you commit it: see CONTRIBUTING.md.
set -euo pipefail
cd "$(dirname "$0")/.."

for project in $(grep -l EnableOrleansContractsAnalyzer src/*/*.csproj); do
  dotnet format "$project" analyzers --severity info \
    --diagnostics ORLEANS0016 ORLEANS0017 ORLEANS0018 ORLEANS0019 ORLEANS0020 ORLEANS0022 ORLEANS0023 ORLEANS0024 ORLEANS0027
done
git diff --stat -- 'src/*/OrleansContracts.txt'
