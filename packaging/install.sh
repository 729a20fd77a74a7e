#!/bin/sh
# Installs @TITLE@ for the person who runs this, without administrator rights; --remove takes it away again
# and leaves settings, models and journals. The program also runs from this folder, uninstalled: @NAME@/@NAME@
set -eu
here=$(cd "$(dirname "$0")" && pwd)
data=${XDG_DATA_HOME:-$HOME/.local/share}
lib=$HOME/.local/lib
bin=$HOME/.local/bin
list=$lib/@NAME@.files
part=$lib/@NAME@.part

refresh() {
    for tool in "update-desktop-database $data/applications" "update-mime-database $data/mime"; do
        # shellcheck disable=SC2086 # a command and its argument
        if command -v "${tool%% *}" >/dev/null 2>&1; then ${tool%% *} "${tool#* }" 2>/dev/null || true; fi
    done
}

remove() {
    if [ -f "$list" ]; then
        while IFS= read -r file; do rm -f "$file"; done <"$list"
        rm -f "$list"
    fi
    rm -rf "${lib:?}/@NAME@"
}

if [ "${1:-}" = --remove ]; then
    remove
    rm -rf "$part"
    refresh
    echo "@TITLE@ is removed. Your settings and models are kept in $data/@NAME@."
    exit 0
fi

mkdir -p "$lib" "$bin"
# whole or not at all: a copy that is broken off never gets the final name, and an older version stays until it is done
rm -rf "$part"
if ! cp -a "$here/@NAME@" "$part"; then
    rm -rf "$part"
    echo "@TITLE@ could not be copied to $lib. What was installed before is as it was." >&2
    exit 1
fi
remove
mv "$part" "$lib/@NAME@"
program=$lib/@NAME@/@NAME@
: >"$list"
(cd "$here/share-files/share" && find . -type f) | while IFS= read -r file; do
    target=$data/${file#./}
    mkdir -p "$(dirname "$target")"
    case $file in
        *.desktop | *.py)
            # these hold the program's place
            escaped=$(printf '%s' "$program" | sed 's/[&|\\]/\\&/g')
            sed "s|@PROGRAM@|$escaped|g" "$here/share-files/share/${file#./}" >"$target" ;;
        *) cp "$here/share-files/share/${file#./}" "$target" ;;
    esac
    case $file in *ervice*) chmod +x "$target" ;; esac
    echo "$target" >>"$list"
done
ln -sf "$program" "$bin/@NAME@"
echo "$bin/@NAME@" >>"$list"
refresh
echo "@TITLE@ is installed. Start it from the menu, or as $bin/@NAME@. To remove it: $0 --remove"
