#!/bin/sh
# Generates the bindings anew from this machine's C headers. Needs jextract, of $JEXTRACT_HOME/bin or of PATH.
# usage: generate.sh [source folder]
set -eu
here=$(CDPATH= cd "$(dirname "$0")" && pwd)
package=nixio.posix.gen.linux
sources=${1:-$here/../src/main/java}
jextract=${JEXTRACT_HOME:+$JEXTRACT_HOME/bin/}jextract
command -v "$jextract" > /dev/null || { echo "no jextract: set JEXTRACT_HOME, or have it on PATH" >&2; exit 1; }

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
# libclang heeds these variables, and jextract a compile_flags.txt in the current folder
unset CPATH C_INCLUDE_PATH
mkdir "$tmp/empty" "$tmp/out"
(cd "$tmp/empty" && "$jextract" --output "$tmp/out" --target-package $package "@$here/linux.args" "$here/linux.h")

# jextract says nothing about names that it doesn't find, so look for each of them
dir=$tmp/out/$(echo $package | tr . /)
missing=0
while read -r option name; do
    case $option in
        --include-struct | --include-union | --include-typedef) test -f "$dir/$name.java" ;;
        --include-function) grep -Fq "SYMBOL_LOOKUP.findOrThrow(\"$name\")" "$dir/linux_h.java" ;;
        --include-constant) grep -Eq "^    public static [A-Za-z]+ $name\(" "$dir/linux_h.java" ;;
        *) continue ;;
    esac || { echo "not generated: $option $name" >&2; missing=1; }
done < "$here/linux.args"
[ $missing = 0 ] || exit 1

# Only addresses, descriptors, layouts and numbers are wanted; README.md says why.
perl -0777 -i -pe '
    # SymbolLookup.findOrThrow is Java 23'"'"'s; libc alone is looked up
    s/SYMBOL_LOOKUP\.findOrThrow\((".*?")\)/SYMBOL_LOOKUP.find($1).orElseThrow()/g;
    s/SymbolLookup\.loaderLookup\(\)\s*\.or\((.*?)\);/$1;/s;
    # restricted, in a static initializer: without native access not even a number could be read
    s/\s*\.withTargetLayout\(MemoryLayout\.sequenceLayout\(.*?\)\);/;/s;
    # a variadic function gets the shape of any other
    s{    /\*\*\n     \* Variadic invoker class for:\n((?:     \*[^\n]*\n)*)     \*/\n    public static class (\w+) \{\n.*?BASE_DESC = (.*?);\n.*?ADDR = (.*?);\n.*?\n    \}\n}
     {    private static class $2 {\n        public static final FunctionDescriptor DESC = $3;\n\n        public static final MemorySegment ADDR = $4;\n    }\n
    /**\n     * Descriptor of the fixed parameters of:\n$1     */\n    public static FunctionDescriptor $2\$descriptor() {\n        return $2.DESC;\n    }\n
    /**\n     * Address for:\n$1     */\n    public static MemorySegment $2\$address() {\n        return $2.ADDR;\n    }\n}sg;
    # handles without errno, and the calls through them
    s{\n\n        public static final MethodHandle HANDLE = .*?;(?=\n    \})}{}g;
    s{    /\*\*\n     \* Downcall method handle for:\n(?:     \*[^\n]*\n)*?     \*/\n    public static MethodHandle .*?\n    \}\n\n}{}sg;
    s{    /\*\*\n     \* \{\@snippet lang=c :\n(?:     \*[^\n]*\n)*?     \*/\n    public static [^\n]* \{\n        var mh\$ = .*?\n    \}\n\n?}{}sg;
    s{    static final boolean TRACE_DOWNCALLS.*?(?=    static MemoryLayout align)}{}s;
    s{    static final Arena LIBRARY_ARENA = .*?;\n\n}{};
    # a descriptor is made when it is asked for, not along with the address
    s{(    private static class (\w+) \{\n)        public static final FunctionDescriptor DESC = (.*?);\n\n(.*?        return )\2\.DESC;}{$1$4$3;}sg;
' "$dir"/linux_h*.java
# Elements of arrays are reached by offset: a handle for each, made along with the layout, took longer than all else of it
perl -0777 -i -pe '
    s{ *private static final (?:Var|Method)Handle \w+\$ELEM_HANDLE = .*?;\n}{}g;
    s{\n( *)/\*\*\n *\* Indexed [gs]etter for field:\n.*?\n\1\}\n}{}sg;
' "$dir"/*.java
if grep -n 'Handle [A-Za-z(]\|_HANDLE\|\.DESC\|downcallHandle\|findOrThrow\|loaderLookup' "$dir"/*.java; then
    echo "left over from jextract's handles" >&2
    exit 1
fi

target=$sources/$(echo $package | tr . /)
rm -rf "$target"
mkdir -p "$(dirname "$target")"
cp -r "$dir" "$target"
