"""The pages: templates, texts, one style sheet, one small script;
drawn from answers on the server.
"""

from lots.web.render import STATIC as STATIC
from lots.web.render import Frame as Frame
from lots.web.render import render as render
from lots.web.render import stream as stream
from lots.web.render import texts as texts
