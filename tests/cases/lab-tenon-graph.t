# tenon graph beside a real kernel
where: lab
needs: workbench

## its edges are those of modules.dep: what they lead to is each line, and none of them could be left out
$ cat >check.awk <<'END'
+ function name(path) { sub(/.*\//, "", path); sub(/\.ko.*/, "", path); gsub("-", "_", path); return path }
+ function reach(a, seen,   i, n, to) { n = split(out[a], to, " "); for (i = 1; i <= n; i++) if (!(to[i] in seen)) { seen[to[i]] = 1; reach(to[i], seen) } }
+ FNR == NR { if ($2 == "->" && !/style=/) { gsub(/[";]/, ""); out[$1] = out[$1] $3 " "; edges++ } next }
+ { lines++; module = name(substr($1, 1, length($1) - 1)); delete seen; reach(module, seen)
+   for (i = 2; i <= NF; i++) { dep = name($i); if (!(dep in seen)) print module, "does not reach", dep; delete seen[dep] }
+   for (dep in seen) print module, "reaches", dep
+   n = split(out[module], direct, " ")
+   for (i = 1; i <= n; i++) for (k = 1; k <= n; k++) if (k != i) { delete seen; reach(direct[k], seen); if (direct[i] in seen) print module, "need not have", direct[i] } }
+ END { if (lines < 500 || edges < 500) print lines, edges }
+ END
$ tenon.real graph --dot $(sed 's/:.*//; s,.*/,,; s/\.ko.*//' @MODS@/modules.dep) >edges; awk -f check.awk edges @MODS@/modules.dep

## what is loaded, and what hangs on it
$ modprobe vfat; tenon graph --up fat
> MODULE  HOW   STATE
> fat           loaded
> ├─msdos needs installed
> └─vfat  needs loaded
$ tenon graph | grep -A 1 '^vfat' | tr -s ' '
> vfat loaded
> └─fat needs loaded
