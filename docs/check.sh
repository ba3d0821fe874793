#!/bin/sh
# check.sh CHANCERY ROOT -- every line "$ chancery …" in README.md and docs/ runs, in the order of the file, and ends with status 0; and
# every relative link leads somewhere.
set -u
chancery=$(realpath "$1") root=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export NO_COLOR=1 CHANCERY_STORE="$work/chancery.db"
mkdir "$work/bin"
ln -s "$chancery" "$work/bin/chancery"
PATH=$work/bin:$PATH
cd "$root" || exit 1
passed=0 failed=0

"$chancery" add -q demo/pages 2>/dev/null   # status 1: one of them is a front page
[ -f "$CHANCERY_STORE" ] || { echo "the sample pages cannot be taken in"; exit 1; }
for doc in README.md CONTRIBUTING.md docs/*.md docs/decisions/*.md; do
    grep -n '^ *\$ chancery ' "$doc" >"$work/lines"
    while IFS= read -r line; do
        command=${line#*\$ }
        sh -c "$command" </dev/null >"$work/out" 2>&1
        status=$?
        # the front page again
        case $command in *"add demo/pages") [ $status = 1 ] && status=0 ;; esac
        if [ $status = 0 ]; then
            passed=$((passed + 1))
        else
            failed=$((failed + 1))
            echo "FAILED $doc:${line%%:*}: $command"
            head -n 5 "$work/out"
        fi
    done <"$work/lines"
    grep -o ']([^)#]*' "$doc" | sed 's/^](//' | grep -v '^https*:' >"$work/links"
    while IFS= read -r link; do
        [ -e "$(dirname "$doc")/$link" ] && continue
        failed=$((failed + 1))
        echo "FAILED $doc: the link to $link leads nowhere"
    done <"$work/links"
done
echo "$passed passed, $failed failed"
[ $failed = 0 ]
