#!/bin/sh
# Makes dist/aestudio-VERSION-macos-ARCH.dmg of the .app that `make bundle` left in dist/ (macOS only).
# Signed where CODESIGN_IDENTITY names a Developer ID; without one the first start takes a right click and "Open".
set -eu
cd "$(dirname "$0")/.."
facts() { .venv/bin/python -c "import sys; sys.path[:0] = ['packaging', '.']; import facts; print(facts.$1)"; }
title=$(facts TITLE)
image=dist/$(facts NAME)-$(facts VERSION)-macos-$(uname -m).dmg
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
cp -R "dist/$title.app" "$stage/"
ln -s /Applications "$stage/Applications"
if [ -n "${CODESIGN_IDENTITY:-}" ]; then
    codesign --force --deep --options runtime --timestamp --sign "$CODESIGN_IDENTITY" "$stage/$title.app"
fi
rm -f "$image"
hdiutil create -volname "$title" -srcfolder "$stage" -format ULMO -ov "$image"
echo "$image"
