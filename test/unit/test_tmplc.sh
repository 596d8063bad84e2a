#!/bin/sh
# test_tmplc.sh TMPLC SRC_DIR CC: what the template compiler refuses, what it
# makes of what it takes, and what the C compiler then refuses.
#
# Each refusal is a line: the words its message must hold, then the template. The
# test reads "\n" and the like in a template as printf's %b does.

set -u
export LC_ALL=C
tmplc=$1 src=$2 cc=$3
here=$(cd "$(dirname "$0")" && pwd)
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
failures=0

ok() {
	printf 'ok - %s\n' "$1"
}

not_ok() {
	printf 'not ok - %s\n' "$1"
	[ $# -lt 2 ] || printf '%s\n' "$2" | sed 's/^/# /'
	failures=$((failures + 1))
}

head='{% page p(struct out *o, const struct view *v) %}\n'
line=2

# refused_file WORDS TEMPLATE: the whole file. Refused on line $line, and nothing written.
refused_file() {
	printf '%b' "$2" >"$dir/t.html"
	rm -f "$dir/t.c"
	message=$("$tmplc" "$dir/t.html" "$dir/t.c" 2>&1)
	status=$?
	case $message in
	"$dir/t.html:$line: "*"$1"*) found=1 ;;
	*) found=0 ;;
	esac
	if [ $status -eq 1 ] && [ $found -eq 1 ] && [ ! -e "$dir/t.c" ]; then
		ok "refuses ${3-$2}"
	else
		not_ok "refuses ${3-$2}" "status $status, message: $message"
	fi
}

# The same for what is between two lines of a page.
refused() {
	refused_file "$1" "$head$2\n" "$2"
}

# A page is taken; whether its C compiles is not asked.
taken() {
	printf '%b' "$head$1\n" >"$dir/t.html"
	if message=$("$tmplc" "$dir/t.html" "$dir/t.c" 2>&1); then
		ok "takes $1"
	else
		not_ok "takes $1" "$message"
	fi
}

#
# Values in dangerous places.
#

# Names, and values without quotes.
refused "stray '<'" '<{{ v->s }}>'
refused "not understood" '<p{{ v->s }}>'
refused "stray '<'" '<{{ v->s }} class="a">x</p>'
refused "end tag" '</{{ v->s }}>'
refused "no values among attributes" '<p {{ v->s }}>'
refused "no values among attributes" '<p class="a" {{ v->s }}="x">'
refused "not understood" '<p class{{ v->s }}="x">'
refused "is not known" '<p data-{{ v->s }}="x">'
refused "not in quotes" '<p class={{ v->s }}>'
refused "not in quotes" '<a href={{ v->u }}>'
refused "not in quotes" '<p class=a{{ v->s }}>'
refused "not in quotes" '<p class=\n"{{ v->s }}">'
refused "not in quotes" '<p class= "{{ v->s }}">'
refused "begins with '='" '<p class ="{{ v->s }}">'
refused "begins with '='" '<a href = "{{ v->s }}">'
refused "begins with '='" '<a href\t=\t"{{ v->s }}">'
refused "not in quotes" '<p class=`{{ v->s }}`>'
refused "not understood" '<p class="a"{{ v->s }}>'
refused "not understood" '<p class="a""{{ v->s }}">'
refused "not understood" '<p title="a"b{{ v->s }}"c">'
refused "not understood" "<p title='a'b='{{ v->s }}'>"
refused "begins with '\"'" '<p "{{ v->s }}">'
refused "begins with '/'" '<p / class="a">'
refused "not understood" '<p/class="{{ v->s }}">'
refused "blank is missing" '<p {# c #}class="a">'

# Scripts and styles.
refused "Content-Security-Policy" '<p onclick="{{ v->s }}">'
refused "Content-Security-Policy" '<p onclick="x()">'
refused "Content-Security-Policy" '<body onload="x()">'
refused "Content-Security-Policy" '<svg onload="x()"></svg>'
refused "lower case" '<p OnClick="{{ v->s }}">'
refused "lower case" '<p ONCLICK="x()">'
refused "Content-Security-Policy" '<p onclick ="{{ v->s }}">'
line=3
refused "Content-Security-Policy" '<p\nonclick="{{ v->s }}">'
line=2
refused "Content-Security-Policy" '<p style="color: {{ v->s }}">'
refused "Content-Security-Policy" '<p style="color: red">'
refused "Content-Security-Policy" '<style>p { color: {{ v->s }} }</style>'
refused "Content-Security-Policy" '<style media="print"></style>'
refused "Content-Security-Policy" '<script>{{ v->s }}</script>'
refused "Content-Security-Policy" '<script>x()</script>'
refused "Content-Security-Policy" '<script defer>x()</script>'
refused "Content-Security-Policy" '<script type="module">x()</script>'
refused "lower case" '<SCRIPT>x()</SCRIPT>'
refused "lower case" '<Style>x</Style>'
refused "not understood" '<script/type="application/ld+json">{{ v->j }}</script>'
refused "nothing between" '<script src="/a.js">{{ v->s }}</script>'
refused "nothing between" '<script src="/a.js">\n</script>'
refused "nothing between" '<script src="/a.js"></script >'
refused "does not close" '<script src="/a.js"/>'
refused "written out in the template" '<script type="{{ v->s }}">{{ v->j }}</script>'
refused "written out in the template" '<script type="application/{{ v->s }}">{{ v->j }}</script>'
refused "written out in the template" '<script type="{% if (v->n) { %}module{% } %}">{{ v->j }}</script>'
refused "in the tag of a script" '<script{% if (v->n) { %} src="/a.js"{% } %}></script>'
refused "in the tag of a script" '<script {% v->n; %} src="/a.js"></script>'
refused "not followed" '<script type="text/javascript " src="/a.js"></script>'
refused "not followed" '<script type="APPLICATION/LD+JSON">{{ v->j }}</script>'
refused "not followed" '<script type="application&#47;ld+json">{{ v->j }}</script>'
refused "not followed" '<script type="importmap">{}</script>'
refused "not followed" '<script type="speculationrules" src="/a"></script>'
refused "not followed" '<script type="application/ld+json" src="/a"></script>'
refused "not followed" '<script type>x</script>'
refused "there twice" '<script type="module" type="application/ld+json">{{ v->j }}</script>'
refused "no marks inside a string" '<script type="application/ld+json">{"a": "{{ v->s }}"}</script>'
refused "no marks inside a string" '<script type="application/ld+json">{"a": "\\"{{ v->s }}"}</script>'
refused "no C code in scripts" '<script type="application/ld+json">{% if (v->n) { %}1{% } %}</script>'
refused "'<' in JSON" '<script type="application/ld+json"></script ></script>'
refused "'<' in JSON" '<script type="application/ld+json"><!--<script></script>'
refused "'<' in JSON" '<script type="application/ld+json">"<b>"</script>'
refused "no such escape" '<script type="application/ld+json">"\\</script>{{ v->j }}"</script>'
refused "no such escape" '<script type="application/ld+json">"\\{{ v->j }}"</script>'
refused "string of JSON is not closed" '<script type="application/ld+json">"</script>'
refused "this script has no end" '<script type="application/ld+json">{}'

# Addresses.
for a in href src action formaction poster cite data ping background longdesc manifest \
	xlink:href icon data-src data-href data-embed-url usemap; do
	refused "stands alone in its quotes" "<p $a=\"/x?{{ v->s }}\">"
	refused "stands alone in its quotes" "<p $a=\"{{ v->u }}x\">"
done
refused "stands alone in its quotes" '<a href="javascript:{{ v->s }}">x</a>'
refused "stands alone in its quotes" '<a href=" {{ v->u }}">x</a>'
refused "stands alone in its quotes" '<a href="{{ v->u }} ">x</a>'
refused "stands alone in its quotes" '<a href="{{ v->u }}{{ v->u }}">x</a>'
refused "stands alone in its quotes" '<a href="{# c #}{{ v->u }}">x</a>'
refused "stands alone in its quotes" '<a href="{{ v->u }}{# c #}">x</a>'
refused "stands alone in its quotes" '<a href="{% if (v->n) { %}/a{% } %}">x</a>'
refused "stands alone in its quotes" "<a href='/x?{{ v->s }}'>x</a>"
refused "stands alone in its quotes" "<a href='{{ v->u }}\"'>x</a>"
refused "lower case" '<a HREF="{{ v->s }}">x</a>'
refused "lower case" '<p data-URL="{{ v->s }}">x</p>'
refused "an address is" '<a href="javascript:x()">x</a>'
refused "an address is" '<a href="JavaScript:x()">x</a>'
refused "an address is" '<a href="vbscript:x()">x</a>'
refused "an address is" '<img src="data:image/png;base64,AA" alt="">'
refused "an address is" '<form action="javascript:x()">'
refused "an address is" '<button formaction="javascript:x()">'
refused "an address is" '<iframe src="javascript:x()"></iframe>'
refused "an address is" '<object data="javascript:x()">'
refused "an address is" '<p data-src="javascript:x()">'
refused "blank or" '<a href=" javascript:x()">x</a>'
refused "blank or" '<a href="java\nscript:x()">x</a>'
refused "blank or" '<a href="java\tscript:x()">x</a>'
refused "blank or" '<a href="\\\\evil.example">x</a>'
refused "hidden character U+0001" '<a href="\0001javascript:x()">x</a>'
refused "only &amp;" '<a href="&#106;avascript:x()">x</a>'
refused "only &amp;" '<a href="javascript&colon;x()">x</a>'
refused "only &amp;" '<a href="java&Tab;script:x()">x</a>'
refused "begins with its scheme" '<a href="//evil.example/">x</a>'
refused "URL(" '<a href="{{ URL("javascript:x()") }}">x</a>'
refused "URL(" '<a href="{{ URL("//evil.example") }}">x</a>'
refused "URL(" '<a href="{{ URL("" "javascript:x()") }}">x</a>'
refused "would move every address" '<base href="/">'
refused "would move every address" '<base href="{{ v->u }}">'
refused "lower case" '<BASE href="/">'

# Attributes that hold more than text.
refused "a page of its own" '<iframe srcdoc="{{ v->s }}"></iframe>'
refused "a page of its own" '<iframe srcdoc="x"></iframe>'
refused "written out in the template" '<img srcset="{{ v->u }} 2x" alt="">'
refused "written out in the template" '<link imagesrcset="{{ v->u }}">'
refused "headers are" '<meta http-equiv="refresh" content="0; url={{ v->s }}">'
refused "headers are" '<meta content="{{ v->s }}" http-equiv="refresh">'
refused "headers are" '<meta http-equiv="{{ v->s }}">'
refused "lower case" '<meta HTTP-EQUIV="refresh" content="{{ v->s }}">'
refused "written out in the template" '<meta name="{{ v->s }}" content="x">'
refused "written out in the template" '<meta charset="{{ v->s }}">'
refused "written out in the template" '<link rel="{{ v->s }}" href="/x">'
refused "written out in the template" '<a rel="{{ v->s }}" href="/x">x</a>'
refused "written out in the template" '<form method="{{ v->s }}">'
refused "written out in the template" '<form enctype="{{ v->s }}">'
refused "written out in the template" '<button type="{{ v->s }}">'
refused "written out in the template" '<button formmethod="{{ v->s }}">'
refused "written out in the template" '<iframe sandbox="{{ v->s }}"></iframe>'
refused "written out in the template" '<iframe allow="{{ v->s }}"></iframe>'
refused "written out in the template" '<object type="{{ v->s }}">'
refused "written out in the template" '<script src="/a.js" integrity="{{ v->s }}"></script>'
refused "is not known" '<p values="{{ v->s }}">'
refused "is not known" '<template shadowrootmode="open">'
refused "is not known" '<p xml:base="{{ v->s }}">'
refused "is not known" '<p classs="a">'

# Elements of raw text, and other documents.
refused "do not agree" '<xmp>{{ v->s }}</xmp>'
refused "do not agree" '<noembed>{{ v->s }}</noembed>'
refused "do not agree" '<noframes>{{ v->s }}</noframes>'
refused "do not agree" '<plaintext>{{ v->s }}'
refused "do not agree" '<listing>{{ v->s }}</listing>'
refused "nothing between" '<iframe src="/x">{{ v->s }}</iframe>'
refused "nothing between" '<iframe src="/x"><p></p></iframe>'
refused "no values in <noscript>" '<noscript>{{ v->s }}</noscript>'
refused "no values in <noscript>" '<noscript><p>{{ v->s }}</p></noscript>'
refused "no values in <noscript>" '<noscript><p class="{{ v->s }}">x</p></noscript>'
refused "no values in <noscript>" '<noscript><img src="{{ v->u }}" alt=""></noscript>'
refused "no C code in <noscript>" '<noscript>{% q(o); %}</noscript>'
refused "'<' in an attribute value" '<noscript><p title="</noscript><p>">x</p></noscript>'
refused "is not followed" '<math><mi>{{ v->s }}</mi></math>'
refused "is not known" '<frameset></frameset>'
refused "is not known" '<marquee>{{ v->s }}</marquee>'
refused "is not known" '<x-tag>{{ v->s }}</x-tag>'
refused "not understood" '<p:x>'
refused "no <script> in a drawing" '<svg><script>{{ v->s }}</script></svg>'
refused "no <script> in a drawing" '<svg><g><script src="/x"></script></g></svg>'
refused "Content-Security-Policy" '<svg><style>{{ v->s }}</style></svg>'
refused "no <a> in a drawing" '<svg><a href="{{ v->u }}">x</a></svg>'
refused "no <p> in a drawing" '<svg><p>{{ v->s }}</p></svg>'
refused "no <textarea> in a drawing" '<svg><textarea>{{ v->s }}</textarea></svg>'
refused "is not known" '<svg><foreignobject>{{ v->s }}</foreignobject></svg>'
refused "lower case" '<svg><foreignObject>{{ v->s }}</foreignObject></svg>'
refused "is not known" '<svg><animate attributename="href" values="{{ v->s }}"/></svg>'
refused "is not known" '<svg><set attributename="href" to="{{ v->s }}"/></svg>'
refused "is not known" '<svg><image href="{{ v->u }}"/></svg>'
refused "stands in <svg> only" '<path d="M0">'
refused "written out in the template" '<svg><path fill="{{ v->s }}"/></svg>'
refused "no page is written here" '<svg>{% q(o); %}</svg>'
refused "<svg> inside <svg>" '<svg><svg></svg></svg>'

# Comments and declarations.
refused "no marks in a comment" '<!-- {{ v->s }} -->'
refused "no marks in a comment" '<!-- {% v->n; %} -->'
refused "in a comment" '<!-->{{ v->s }}-->'
refused "in a comment" '<!--->{{ v->s }}-->'
refused "in a comment" '<!-- --!>{{ v->s }}-->'
refused "in a comment" '<!-- a -- b -->'
refused "in a comment" '<!-- <!-- -->'
refused "in a comment" '<!-- <p> -->'
refused "in a comment" '<!-- a --->'
refused "this comment has no end" '<!-- a'
refused "<!doctype html>" '<!doctype {{ v->s }}>'
refused "<!doctype html>" '<!doctype html SYSTEM "x">'
refused "<!doctype html>" '<![CDATA[ {{ v->s }} ]]>'
refused "<!doctype html>" '<!{{ v->s }}>'
refused "inside an element" '<p><!doctype html></p>'
refused "stray '<'" '<?xml {{ v->s }}?>'

# Title and textarea.
refused "'<' in <title>" '<title>{{ v->s }}</title >'
refused "'<' in <title>" '<title>{{ v->s }}</TITLE>'
refused "'<' in <title>" '<title><b>{{ v->s }}</b></title>'
refused "'<' in <textarea>" '<textarea><!--</textarea>{{ v->s }}--></textarea>'
refused "no page is written here" '<title>{% q(o); %}</title>'
refused "no page is written here" '<textarea>{% q(o); %}</textarea>'
refused "this element has no end" '<title>{{ v->s }}'
refused "not closed in the tag" '<title>{% if (v->n) { %}a</title>{% } %}'

#
# HTML as we write it.
#
refused "stray '<'" 'a < b'
refused "stray '<'" '< p>'
refused "stray '<'" '<'
refused "stray '&'" 'a & b'
refused "stray '&'" 'R&D'
refused "stray '&'" '&{{ v->s }};'
refused "stray '&'" '&#{{ v->n }};'
refused "stray '&'" '&#;'
refused "stray '&'" '&#x;'
refused "stray '&'" '<a href="/?a=1&b=2">x</a>'
refused "'<' in an attribute value" '<p title="a<b">'
refused "stray '}}'" 'a }} b'
refused "stray '%}'" 'a %} b'
refused "stray '#}'" 'a #} b'
refused "lower case" '<P>'
refused "lower case" '<p Class="a">'
refused "there twice" '<p class="a" class="b">'
refused "there twice" '<p class="a" class>'
refused "there twice" '<p class="a"{% if (v->n) { %} class="b"{% } %}>'
refused "there twice" '<p{% if (v->n) { %} class="a"{% } %} class="b">'
refused "there twice" '<p{% if (v->n) { %} class="a" class="b"{% } %}>'
refused "there twice" '<p{% if (v->n) { %} class="a"{% } %}{% if (v->n) { %} class="b"{% } %}>'
refused "there twice" '<p{% if (v->n) { %} class="a"{% } else { %} class="b"{% } %} class="c">'
refused "twice" '<p{% for (int i = 0; i < v->n; i++) { %} class="a"{% } %}>'
refused "twice" '<p{% if (v->n) while (v->n) { %} class="a"{% } %}>'
refused "is not closed" '<p>'
refused "where <i> of line 2 is open" '<b><i>x</b></i>'
refused "closes nothing" '</p>'
refused "closes nothing" '<br></br>'
refused "an end tag is" '<p></p >'
refused "an end tag is" '<p></p\n>'
refused "an end tag is" '<p></p class="a">'
refused "an end tag is" '<p></p/>'
refused "does not close" '<p/>'
refused "does not close" '<div class="a"/>'
refused "this tag has no end" '<p class="a"'
refused "has no end" '<p class="a'
refused "has no end" '<a href="a'
refused "<form> inside <form>" '<form><div><form></form></div></form>'
refused "<a> inside <a>" '<a href="/"><a href="/"></a></a>'
refused "not UTF-8" '\0377'
refused "not UTF-8" '\0300\0200'
refused "not UTF-8" '\0355\0240\0200'
refused "not UTF-8" '\0342\0202'
refused "not UTF-8" '\0364\0220\0200\0200'
refused "hidden character U+0000" 'a\0000b'
refused "hidden character U+000D" 'a\r'
refused "hidden character U+000C" '<p\0014class="a">'
refused "hidden character U+000B" 'a\0013b'
refused "hidden character U+202E" 'a\0342\0200\0256b'
refused "hidden character U+200B" 'a\0342\0200\0213b'
refused "hidden character U+FEFF" '\0357\0273\0277'

#
# The C of values: nothing gets out of "(EXPR)".
#
refused "an empty value" '{{ }}'
refused "an empty value" '{{}}'
refused "unbalanced ')'" '{{ v->s)); puts(("x" }}'
refused "unbalanced ')'" '{{ v->s) }}'
refused "unbalanced" '{{ (v->s }}'
refused "unbalanced" '{{ f(v->s] }}'
refused "unbalanced" '{{ f[(v->s]) }}'
refused "no ';'" '{{ v->s; v->s }}'
refused "no '//'" '{{ v->s // x }}'
refused "no '/*'" '{{ v->s /* x */ }}'
refused "no '/*'" '{{ v->s /* x }}'
line=3
refused "no '#'" '{{ v->s\n#define x }}'
line=2
refused "no '%:'" '{{ v->s %: }}'
refused "no '<%'" '{{ v->s <% }}'
refused "trigraph" '{{ v->s ?\0077/ }}'
refused "trigraph" '{{ "a?\0077/" }}'
refused "trigraph" '{{ "\\?\0077/" }}'
refused "no '\\'" '{{ v->s \\\n }}'
refused 'no '"'\`'" '{{ `v` }}'
refused "no '@'" '{{ @v }}'
refused "no '?'" '{{ \0303\0251 }}'
refused "not closed on its line" '{{ "a }}'
refused "not closed on its line" '{{ "a\n" }}'
refused "not closed on its line" '{{ "a\\\n" }}'
refused "not closed on its line" "{{ 'a }}"
refused "blank is missing" '{{ R"(a)" }}'
refused "blank is missing" '{{ L"a" }}'
refused "would drop" '{{ v->n, v->s }}'
refused "no statements" '{{ ({ v->s; }) }}'
refused "no statements" '{{ (return) }}'
refused "does not write" '{{ f(o) }}'
refused "does not write" '{{ o->data }}'
refused "no 'out_'" '{{ out_raw(v->s) }}'
refused "no 'struct html'" '{{ (struct html){ v->s } }}'
line=3
refused "no 'struct html'" '{{ (struct\nhtml){ v->s } }}'
line=2
refused "no 'struct url'" '<a href="{{ (struct url){ v->s } }}">x</a>'
refused "no 'struct json'" '<script type="application/ld+json">{{ (struct json){ v->s } }}</script>'
refused "no 'html_trusted'" '{{ html_trusted(v->s) }}'
refused "no 'HTML'" '{{ HTML("<script>") }}'
refused "no '__' words" '{{ __extension__ v->s }}'
refused "no end" '{{ v->s'
refused "unbalanced '}'" '{{ v->s }'
refused "no end" '{% v->n;'
refused "no end" '{# v->n'

#
# The C of statements, and the HTML across their braces.
#
refused "an empty mark" '{% %}'
refused "ends with" '{% if (v->n) %}a'
refused "ends with" '{% f() %}'
refused "ends with" '{% if (v->n) { } else %}a'
refused "ends with" '{% struct x { int a; } %}'
refused "ends with" '{% int x = %}'
refused "ends with" '{% label: %}'
refused "unbalanced" '{% f( %}'
refused "unbalanced" '{% f(&(struct x){ %}'
refused "unbalanced" '{% int a[] = { %}1{% }; %}'
refused "unbalanced" '{% int f(void) { %}1{% } %}'
refused "unbalanced" '{% struct x { %}1{% }; %}'
refused "unbalanced '}'" '{% } %}'
refused "unbalanced '}'" '{% if (v->n) { } } %}'
refused "a ';' is missing" '{% if (v->n) { f() } %}'
refused "not closed in its page" '{% if (v->n) { %}'
refused "no statements" '{% int x = ({ f(); 1; }); %}'
refused "no statements" '{% f(return); %}'
refused "no '//'" '{% f(); // x %}'
refused "no '/*'" '{% f(); /* x */ %}'
refused "no '#'" '{% #define x %}'
refused "no '#'" '{% #include "x" %}'
refused "no '\\'" '{% f(); \\ %}'
refused "trigraph" '{% f("?\0077/"); %}'
refused "no 'goto'" '{% goto x; %}'
refused "no 'do'" '{% do { %}a{% } while (v->n); %}'
refused "no 'asm'" '{% asm("x"); %}'
refused "no 'out_'" '{% out_raw(o, v->s); %}'
refused "no 'out_'" '{% out_html(o, v->h); %}'
refused "no 'struct out'" '{% struct out *p = x; %}'
refused "no 'struct html'" '{% struct html h = { v->s }; %}'
refused "only handed" '{% f(&o); %}'
refused "only handed" '{% o->length = 0; %}'
refused "only handed" '{% f(o->data); %}'
refused "only handed" '{% x = o; %}'
refused "only handed" '{% if (o) { %}a{% } %}'
refused "no page is written here" '<p{% f(o); %}>x</p>'
refused "no page is written here" '<p class="{% f(o); %}">x</p>'
refused "not understood" '<p class="a"=>'
refused "not in quotes" '<p class={% if (v->n) { %}"a"{% } %}>'
refused "blank is missing" '<p {% if (v->n) { %}class="a"{% } %}>'
refused "begins with '='" '<p class{% if (v->n) { %}="{{ v->s }}"{% } %}>'
refused "stray '<'" '<{% if (v->n) { %}p{% } %}>'
refused "this branch began" '{% if (v->n) { %}<p>{% } %}</p>'
refused "this branch began" '{% if (v->n) { %}<p>{% } else { %}<p>{% } %}</p>'
refused "this branch began" '{% for (;;) { %}<p>{% } %}'
refused "this branch began" '{% if (v->n) { %}<p{% } %} class="a">x</p>'
refused "this branch began" '{% if (v->n) { %}<p class="{% } %}a">x</p>'
refused "outside its branch" '<p>{% if (v->n) { %}</p>{% } %}'
refused "outside its branch" '<p>{% if (v->n) { %}</p><p>{% } %}</p>'
refused "not closed in the tag" '<p{% if (v->n) { %}>{% } %}x</p>'
refused "not closed in the tag" '<p class="{% if (v->n) { %}a">x{% } %}</p>'
refused "not closed in the tag" '<p{% if (v->n) { %} class="a">x</p><p{% } %}>x</p>'
refused "where tags are open" '{% while (v->n) { %}<p>{% break; %}</p>{% } %}'
refused "where tags are open" '{% while (v->n) { %}<p>{% if (v->n) continue; %}</p>{% } %}'
refused "where tags are open" '{% while (v->n) { %}<p>{% if (v->n) { %}{% break; %}{% } %}</p>{% } %}'
refused "where tags are open" '{% while (v->n) { %}<p class="{% break; %}">x</p>{% } %}'
refused "where tags are open" '{% switch (v->n) { case 1: %}<p>{% case 2: %}</p>{% } %}'
refused "where tags are open" '{% switch (v->n) { case 1: %}<p>{% if (v->n) { default: %}x{% } %}</p>{% } %}'
refused "where tags are open" '<p>{% return; %}</p>'
refused "where tags are open" '<p class="{% return; %}"></p>'
refused "in no block" '{% break; %}'
refused "in no block" '{% case 1: %}'
refused "inside a tag" '<p {% page q(struct out *o) %}'
refused "inside a tag" '<p class="{% page q(struct out *o) %}'
refused "inside a tag" '<title>{% page q(struct out *o) %}'

#
# Pages.
#
line=1
refused_file "no {% page %}" ''
refused_file "text before the first page" 'a'
refused_file "text before the first page" '<p>'
refused_file "value before the first page" '{{ v->s }}'
refused_file "before a page" '{% f(); %}'
refused_file "where a page begins" '{% open p %}'
refused_file "a page is NAME" '{% page %}'
refused_file "a page is NAME" '{% page p %}'
refused_file "a page is NAME" '{% page p() %}'
refused_file "a page is NAME" '{% page p(void) %}'
refused_file "a page is NAME" '{% page p(struct out *out) %}'
refused_file "a page is NAME" '{% page p(struct out *ox) %}'
refused_file "a page is NAME" '{% page 1p(struct out *o) %}'
refused_file "a page is NAME" '{% page p(struct out *o) { f(); %}'
refused_file "among the parameters" '{% page p(struct out *o) { f(); } void q(struct out *o) %}'
refused_file "among the parameters" '{% page p(struct out *o, int (*f)(void)) %}'
refused_file "out_..." '{% page out_text(struct out *o) %}'
refused_file "a/header.h" '{% include <stdio.h> %}'
refused_file "a/header.h" '{% include x.h %}'
refused_file "strange name" '{% include "a b.h" %}'
line=2
refused "before the first page" '{% include "x.h" %}'
refused "is not closed" '<p>{% page q(struct out *o) %}'
refused "not closed in its page" '{% if (v->n) { %}{% page q(struct out *o) %}{% } %}'
refused "cannot be open" '{% open script %}'
refused "cannot be open" '{% open title %}'
refused "cannot be open" '{% close svg %}'
refused "cannot be open" '{% open br %}'
refused "cannot be open" '{% close noscript %}'
refused "cannot be open" '{% open nothing %}'
refused "cannot be open" '{% open , %}'
refused "name the elements" '{% open %}'
refused "where a page begins" 'x{% open p %}<p>'
refused "where a page begins" '{{ v->s }}{% open p %}<p>'
refused "declared once" '{% open p %}{% open p %}'
refused "declared once" '{% close p %}{% close p %}'
refused "was declared" '{% open div %}<p>'
refused "is not closed" '{% open div %}<div><p>'
refused "is not closed" '{% close div %}x'
refused "where <p> of line 2 is open" '{% close p div %}</div></p>'
refused "where tags are open" '{% open p %}{% if (v->n) return; %}<p>'
refused "no 'out_'" '{% page q(struct out *o, int out_text) %}'
line=1
refused_file "left open and is not" '{% page p(struct out *o) %}\n{% open p %}\n'

#
# What is taken, and looks as if it might not be.
#
taken '<p>{{ v->s }}</p>'
taken '<p class="a {{ v->s }} b" title="{{ v->s }}">x</p>'
taken '<p title="{{ "}}" }}">{{ "a \\" }} %}" }}</p>'
taken "<p title='{{ v->s }}'>it's</p>"
taken '<p>{{ f((struct point){ { 1, 2 }}) }}</p>'
taken '<p>{{ v->n ? "a" : v->s }}</p>'
taken '<p>{{ _Generic(v->n, default: 1) }}</p>'
taken '<a href="{{ v->u }}" target="{{ v->s }}">x</a>'
taken '<a href="{{ URL("/a") }}">x</a>'
taken '<a href="/a?b=1&amp;c=2#d">x</a><a href="mailto:a@b.example">x</a><a href="#a:b">x</a>'
taken '<a href="">x</a><a href="a/b:c">x</a><a href="https://a.example/">x</a>'
taken '<p{% if (v->n) { %} class="a"{% } else if (v->s) { %} class="b"{% } else { %} class="c"{% } %}>x</p>'
taken '<input{% if (v->n) { %} checked{% } %}>'
taken '<p class="a{% for (int i = 0; i < v->n; i++) { %} b{{ i }}{% } %}">x</p>'
taken '<title>{{ v->s }}{% if (v->n) { %}, {{ v->n }}{% } %}</title>'
taken '<svg viewBox="0 0 1 1"><title>{{ v->s }}</title><g><path d="{{ v->s }}"/></g></svg>'
taken '<noscript><p>x</p></noscript><!-- plain --><br><br/>'
taken '<script src="{{ v->u }}" defer></script><script type="module" src="/a.js"></script>'
taken '<script type="application/ld+json">{"a\\"": {{ v->j }}, "b": [{{ v->j }}]}</script>'
taken '{% while (v->n) { %}<p>x</p>{% if (v->n) break; %}{% } %}'
taken '{% for (;;) { if (v->n) break; } %}'
taken '{% switch (v->n) { case 1: %}<p>a</p>{% break; default: %}b{% break; } %}'
taken '{% if (v->n) { int x[] = { 1, 2 }; f(x); } else { g(); } %}'
taken '{% if (v->n) return; %}<p>x</p>'
taken '{% { %}<p>x</p>{% } %}'
taken '{% q(o, &(struct x){ .a = 1 }); %}'
taken '{% close p div %}</p></div>'
taken '{% close div %}{% open p %}</div><p>'
taken 'a\0302\0240: \0342\0200\0257; \0303\0251'

taken '{% close div %}{% open div %}{% if (v->n) return; %}</div><div>'
taken '<p>{% f( o , v); %}</p>'
taken '{% if (v->n) { %} \t\nx\n{% } %} \n'

# Limits: said so, not run over.
many() {
	awk -v n="$1" -v what="$2" 'BEGIN { while (n-- > 0) printf "%s", what }'
}
too_many() {
	refused_file "$1" "$head$2\n" "$1"
}
line=2
too_many "elements too deep" "$(many 70 '<b>')"
too_many "branches too deep" "$(many 70 '{% if (v->n) { %}')"
too_many "brackets too deep" "{{ $(many 70 '(')v->n$(many 70 ')') }}"
too_many "too many elements" "{% open $(many 70 'b ')%}"
too_many "too many elements" "{% close $(many 70 'b ')%}"
too_many "too many attributes" "<p$(awk 'BEGIN { while (i++ < 70) printf " data-%d", i }')>"

#
# What it makes, run.
#
cat >"$dir/view.h" <<'END'
#ifndef VIEW_H
#define VIEW_H
#include "base/html.h"
struct row {
	const char *name;
	int current;
};
struct view {
	const char *s;
	struct html h;
	struct url u;
	struct json j;
	int n;
	const struct row *row;
};
#define _(text) (text)
void top(struct out *o, const struct view *v);
void bottom(struct out *o);
void p(struct out *o, const struct view *v);
#endif
END
cat >"$dir/main.c" <<'END'
#include <stdio.h>
#include "view.h"
int main(void)
{
	struct row row[] = { { "one", 0 }, { "<two>", 1 }, { NULL, 0 }, { "four", 0 } };
	struct view v = { "a<b>\"'&", HTML("<b>bold</b>"), URL("/x?a=1&b=\"2\""),
			  { "{\"k\":1}" }, 4, row };
	struct out o;

	out_init(&o);
	p(&o, &v);
	fputs(out_string(&o), stdout);
	out_release(&o);
	return 0;
}
END
flags="-std=c17 -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla -Werror"
# Copies, since the sources may stand in a folder whose name holds a blank.
base=
for name in out html arena log; do
	cp "$src/base/$name.c" "$dir/base-$name.c"
	base="$base $dir/base-$name.c"
done

# runs NAME: $dir/t.html makes a program that prints $dir/expected.
runs() {
	if ! "$tmplc" -I view.h "$dir/t.html" "$dir/t.c" >"$dir/log" 2>&1 ||
		! $cc $flags -D_DEFAULT_SOURCE -I"$src" -I"$dir" -o "$dir/t" "$dir/t.c" "$dir/main.c" \
			$base >"$dir/log" 2>&1; then
		not_ok "$1" "$(cat "$dir/log")"
	elif ! "$dir/t" >"$dir/printed" || ! cmp -s "$dir/printed" "$dir/expected"; then
		not_ok "$1" "$(diff "$dir/expected" "$dir/printed")"
	else
		ok "$1"
	fi
}

cat >"$dir/t.html" <<'END'
{% include "base/out.h" %}
{# Values in their places. #}
{% page p(struct out *o, const struct view *v) %}
<p class="{{ v->s }}">{{ v->s }} {{ v->h }} {{ v->n }}</p>
<a href="{{ v->u }}">{{ _("it's \"quoted\" }} %}") }}</a>
<title>{{ v->s }}</title>
<script type="application/ld+json">{"a": {{ v->j }}}</script>
END
cat >"$dir/expected" <<'END'
<p class="a&lt;b&gt;&quot;&#39;&amp;">a&lt;b&gt;&quot;&#39;&amp; <b>bold</b> 4</p>
<a href="/x?a=1&amp;b=&quot;2&quot;">it&#39;s &quot;quoted&quot; }} %}</a>
<title>a&lt;b&gt;&quot;&#39;&amp;</title>
<script type="application/ld+json">{"a": {"k":1}}</script>
END
runs "values are escaped by their place"

cat >"$dir/t.html" <<'END'
{% page top(struct out *o, const struct view *v) %}
{% open html body main %}
<!doctype html>
<html lang="fr">
<body>
	<main title="{{ v->s }}">

{% page bottom(struct out *o) %}
{% close main body html %}
	</main>
</body>
</html>

{% fragment item(struct out *o, const struct row *row) %}
<li{% if (row->current) { %} aria-current="page" class="x"{% } else { %} class="y"{% } %}>{{ row->name }}</li>

{% page p(struct out *o, const struct view *v) %}
{% top(o, v); %}
<ul>
	{% for (int i = 0; i < v->n; i++) { %}
		{% if (!v->row[i].name) continue; %}
		{% item(o, &v->row[i]); %}
	{% } %}
</ul>
{% bottom(o); %}
END
cat >"$dir/expected" <<'END'
<!doctype html>
<html lang="fr">
<body>
<main title="a&lt;b&gt;&quot;&#39;&amp;">
<ul>
<li class="y">one</li>
<li aria-current="page" class="x">&lt;two&gt;</li>
<li class="y">four</li>
</ul>
</main>
</body>
</html>
END
runs "pages are made of pages"

cat >"$dir/t.html" <<'END'
{% page p(struct out *o, const struct view *v) %}
<p>one
   two  three
   {# nothing #}
   {{ v->n }}
   {{ v->n }} <b>x</b>  <i>y</i>


   end??/ "q" \n {# here #} ??=</p>
<pre>
  a

    {{ v->n }}
  {% if (v->n) { %}
    b
  {% } %}
</pre>
<textarea>  {{ v->n }}
	t</textarea>
<input
	name="a  b
c"
	{% if (v->n) { %}
	checked
	{% } %}
	{% if (!v->n) { %}
	disabled
	{% } %}
>
{% switch (v->n) { %}
	{% case 4: %}
		<p>four</p>
		{% break; %}
	{% default: %}
		<p>other</p>
{% break; } %}
END
cat >"$dir/expected" <<'END'
<p>one
two three
4
4 <b>x</b> <i>y</i>
end??/ "q" \n ??=</p>
<pre>
  a

    4
    b
</pre>
<textarea>  4
	t</textarea>
<input name="a  b
c" checked>
<p>four</p>
END
runs "blanks are folded, but not in values, pre and textarea"

{
	echo '{% page p(struct out *o, const struct view *v) %}'
	echo '<p>{{ v->n }}'
	awk 'BEGIN { for (i = 0; i < 900; i++) printf "\303\251t\303\251\302\240"; print "x" }'
	awk 'BEGIN { for (i = 0; i < 400; i++) print "line " i }'
	echo '</p>'
} >"$dir/t.html"
sed '1d; s/{{ v->n }}/4/' "$dir/t.html" >"$dir/expected"
runs "long texts are cut into strings that C promises to take"

# typed NAME TEMPLATE: tmplc takes it, the C compiler does not, and says so on line 2.
typed() {
	printf '%b' "$head$2\n" >"$dir/t.html"
	if ! "$tmplc" -I view.h "$dir/t.html" "$dir/t.c" >"$dir/log" 2>&1; then
		not_ok "$1" "$(cat "$dir/log")"
	elif $cc -std=c17 -fsyntax-only -I"$src" -I"$dir" "$dir/t.c" >"$dir/log" 2>&1; then
		not_ok "$1" "it compiles"
	elif ! grep -q "t.html:2:" "$dir/log" || ! grep -q "error: " "$dir/log"; then
		not_ok "$1" "$(cat "$dir/log")"
	else
		ok "$1"
	fi
}

typed "text in href does not compile" '<a href="{{ v->s }}">x</a>'
typed "text in src does not compile" '<img src="{{ v->s }}" alt="">'
typed "text in formaction does not compile" '<button formaction="{{ v->s }}">x</button>'
typed "text in data-src does not compile" '<p data-src="{{ v->s }}">x</p>'
typed "text in xlink:href does not compile" '<svg><use xlink:href="{{ v->s }}"/></svg>'
typed "markup in href does not compile" '<a href="{{ v->h }}">x</a>'
typed "markup in an attribute does not compile" '<p class="{{ v->h }}">x</p>'
typed "markup in a title does not compile" '<title>{{ v->h }}</title>'
typed "markup in a textarea does not compile" '<textarea>{{ v->h }}</textarea>'
typed "markup in a drawing does not compile" '<svg><text>{{ v->h }}</text></svg>'
typed "an address between tags does not compile" '<p>{{ v->u }}</p>'
typed "an address in class does not compile" '<p class="{{ v->u }}">x</p>'
typed "text in JSON does not compile" '<script type="application/ld+json">{{ v->s }}</script>'
typed "JSON between tags does not compile" '<p>{{ v->j }}</p>'
typed "URL() of a variable does not compile" '<a href="{{ URL(v->s) }}">x</a>'
typed "a misspelt name does not compile" '<p>{{ v->ss }}</p>'

#
# The command line.
#
usage() {
	name=$1
	shift
	"$tmplc" "$@" >"$dir/log" 2>&1
	[ $? -eq 2 ] && grep -q '^usage: ' "$dir/log" && [ -e "$dir/t.html" ] && ok "$name" ||
		not_ok "$name" "$(cat "$dir/log")"
}

usage "a template is not written over" "$dir/t.html" "$dir/./t.html"
usage "a header's name cannot end its string" -I 'a"b' "$dir/t.html" "$dir/t.c"
usage "an output is needed" "$dir/t.html"
if "$tmplc" "$dir/nothing.html" "$dir/t.c" 2>"$dir/log" || [ -e "$dir/t.c" ]; then
	not_ok "a template that is not there is an error"
else
	ok "a template that is not there is an error"
fi

#
# Mutants of good templates: refused, or C that compiles, or C whose errors are all
# on lines of the template that hold C.
#
mutate() {
	awk -v seed="$1" '
	BEGIN {
		srand(seed); RS = "\001"
		n = split("{{ v->s }}|{{ v->u }}|{%|%}|{{|}}|{#|#}|<|>|\"|\47|=| |\n|/|&|<p>|</p>|</li>|<script>|" \
			"<textarea>|</title>|<!--|-->|<svg>|{% if (v->n) { %}|{% } %}|{% } else { %}|" \
			"{% break; %}|{% return; %}| href=\"|onclick=\"| class=\"|{|}|(|)|;|\\|//|/*|?" "?/", piece, "|")
	}
	{
		lines = split($0, line, "\n")
		for (times = int(rand() * 3); times > 0; times--) {
			# Whole lines lost, moved, said twice.
			drop = 1 + int(rand() * lines); again = 1 + int(rand() * lines)
			if (rand() < .5)
				line[drop] = rand() < .3 ? "" : line[again]
			else
				line[again] = line[again] "\n" line[drop]
		}
		$0 = line[1]
		for (i = 2; i <= lines; i++)
			$0 = $0 "\n" line[i]
		for (times = int(rand() * 3); times > 0; times--) {
			at = 1 + int(rand() * length($0)); size = int(rand() * 12)
			what = rand()
			if (what < .3)
				put = ""
			else if (what < .5)
				put = substr($0, 1 + int(rand() * length($0)), int(rand() * 30))
			else {
				put = piece[1 + int(rand() * n)]
				size = rand() < .7 ? 0 : size
			}
			$0 = substr($0, 1, at - 1) put substr($0, at + size)
		}
		printf "%s", $0
	}' "$2"
}

# The numbers of the lines that hold a part of a mark.
lines_of_c() {
	awk '{
		inside = open
		for (i = 1; i < length($0); i++) {
			two = substr($0, i, 2)
			if (two == "{%" || two == "{{") open = inside = 1
			if (two == "%}" || two == "}}") { open = 0; inside = 1 }
		}
		if (inside) print FNR
	}' "$1"
}

# Whether every error of the compiler stands on such a line. Those of the types
# of values are in html.h to gcc, which then names the line as well.
errors_are_the_templates() {
	lines_of_c "$1" >"$dir/lines"
	sed -n 's/^\([^ :]*\):[0-9]*:.*error: .*/\1/p' "$dir/log" | sort -u >"$dir/files"
	sed -n "s|^$1:\([0-9]*\):.*|\1|p" "$dir/log" | sort -u >"$dir/numbers"
	[ -s "$dir/files" ] && [ -s "$dir/numbers" ] || return 1
	! grep -qvxF -e "$1" -e "$src/base/html.h" "$dir/files" || return 1
	! grep -qvxFf "$dir/lines" "$dir/numbers"
}

mutants=400 n_refused=0 n_compiled=0 n_c_errors=0 bad=0 seed=0
while [ $seed -lt $mutants ]; do
	for good in "$here"/../fuzz/corpus/tmplc/good-*.html; do
		seed=$((seed + 1))
		mutate $seed "$good" >"$dir/m.html"
		rm -f "$dir/m.c"
		if ! "$tmplc" -I view.h "$dir/m.html" "$dir/m.c" >"$dir/log" 2>&1; then
			n_refused=$((n_refused + 1))
			grep -q "^$dir/m.html:[0-9]*: " "$dir/log" && [ ! -e "$dir/m.c" ] && continue
		elif $cc -std=c17 -fsyntax-only -pedantic-errors -I"$src" -I"$dir" "$dir/m.c" \
			>"$dir/log" 2>&1; then
			n_compiled=$((n_compiled + 1))
			continue
		elif errors_are_the_templates "$dir/m.html"; then
			n_c_errors=$((n_c_errors + 1))
			continue
		fi
		bad=$((bad + 1))
		not_ok "mutant $seed of ${good##*/}" "$(cat "$dir/log")"
	done
done
[ $bad -gt 0 ] || ok "$seed mutants: $n_refused refused, $n_compiled compile, $n_c_errors do not for their own C"
[ $n_compiled -gt 20 ] && [ $n_refused -gt 20 ] ||
	not_ok "the mutants try both" "$n_refused refused, $n_compiled compile"

[ $failures -eq 0 ]
