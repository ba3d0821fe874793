# test/work/pages.sh -- pages N DIR: N pages that differ, many of them telling of the same event, some with the same text.
pages() {
    awk -v n="$1" -v dir="$2" 'BEGIN {
        split("Egypt France Japan Brazil Kenya Norway Peru India Poland Chile", s)
        split("Cairo Paris Tokyo Brasilia Nairobi Oslo Lima Delhi Warsaw Santiago", c)
        for (i = 0; i < n; i++) {
            a = s[i % 10 + 1]; k = (int(i / 10) + i + 1) % 10 + 1; b = s[k]; city = c[k]
            f = sprintf("%s/p%04d.txt", dir, i)
            printf "%s and %s open talks on trade\n\n%s, 12 May 2003\n\nThe foreign minister of %s visited %s on %d April 2003 and met the " \
                "president of %s there.\n\n\"We want closer ties,\" the president of %s said after the talks, which went on for three hours " \
                "in the old palace by the river.\n\nThe two sides signed an agreement on trade and promised to meet again in the autumn. " \
                "This is report number %d on their relations.\n", a, b, city, a, city, 1 + i % 28, b, b, int(i / 2) >f
            close(f)
        }
    }'
}
