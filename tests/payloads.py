"""Texts that try to become part of a page; each that succeeds sets ``window.stolen`` or opens a dialog."""

from __future__ import annotations

DO = "window.stolen=1"

# As a scenario file, a table and an address may hold them.
VISIBLE = (
    f"<script>{DO}</script>",
    f"</script><script>{DO}</script>",
    f"</title><script>{DO}</script>",
    f"</style><script>{DO}</script>",
    f"</textarea><script>{DO}</script>",
    f"<ScRiPt>{DO}</sCrIpT>",
    f"<scr<script>ipt>{DO}</scr</script>ipt>",
    f"<script/x>{DO}</script >",
    f"--><script>{DO}</script><!--",
    f"]]><script>{DO}</script>",
    f"<img src=x onerror={DO}>",
    f"<img src=x onerror='{DO}' x",
    f'<img src=x onerror="{DO}">',
    f"<svg onload={DO}>",
    f"<svg/onload={DO}//",
    f"<svg><script>{DO}</script></svg>",
    f"<svg><animate onbegin={DO} attributeName=x dur=1s>",
    f"<math><mtext></mtext><mglyph><svg><mtext><style><img src=x onerror={DO}>",
    f"<body onload={DO}>",
    f"<details open ontoggle={DO}>",
    f"<input autofocus onfocus={DO}>",
    f"<video><source onerror={DO}></video>",
    f"<iframe srcdoc='<script>parent.{DO}</script>'></iframe>",
    f"<iframe src=javascript:parent.{DO}></iframe>",
    f"<object data='javascript:{DO}'></object>",
    f"<a href='javascript:{DO}'>a link</a>",
    f'<a href="jAvAsCrIpT:{DO}" target="_self">a link</a>',
    f"<a href='data:text/html,<script>{DO}</script>'>a link</a>",
    f"<b onmouseover={DO}>bold</b>",
    f"<span style='background:url(javascript:{DO})'>a span</span>",
    f"<sup><a xlink:href='javascript:{DO}'>up</a></sup><br>",
    f"<meta http-equiv=refresh content='0;url=javascript:{DO}'>",
    "<base href='http://127.0.0.1:9/'>",
    "<link rel=stylesheet href='http://127.0.0.1:9/x.css'>",
    f'" onmouseover="{DO}" x="',
    f"' autofocus onfocus='{DO}",
    f"javascript:{DO}",
    f"&lt;script&gt;{DO}&lt;/script&gt; &amp; &#60;",
    f"${{{DO}}} #{{{DO}}} `{DO}`",
    f"{{{{constructor.constructor('{DO}')()}}}} {{%import os%}} {{0}} %{{x}} %(x)s %s",
    f"');{DO};('",
    f"\\u003cscript\\u003e{DO}\\u003c/script\\u003e",
    f"＜script＞{DO}＜/script＞",
    "__proto__ constructor <!--[if IE]> <alert(1)>",
)
# A scenario file and a table may not hold them; an address and the name of a file may.
INVISIBLE = (
    f"\u202e<script>{DO}</script>\u202c",
    f"\u2066<img src=x onerror={DO}>\u2069",
    f"<scr\u200bipt>{DO}</scr\u200bipt>",
    f"\ufeff<svg onload={DO}>",
    f"\u2028<script>{DO}</script>\u2029",
    f"<img src=x\x0bonerror={DO}>",
)


def without_spaces(text):
    """Return a text as it may be compared with one that a page has broken into lines."""
    return "".join(text.split())
