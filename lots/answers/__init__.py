"""What verbs answer: frozen values, the same for a terminal, for JSON and later for pages.

A number, a day or a key is what it is; how it is written is the terminal's. Counts of people are
counts of keys. No answer holds a donor's or a patient's key, nor a number of ours that nobody can
ask by.
"""

from lots.answers.certificate import Between as Between
from lots.answers.certificate import Bounds as Bounds
from lots.answers.certificate import Certificate as Certificate
from lots.answers.certificate import LeftOut as LeftOut
from lots.answers.certificate import NotHeard as NotHeard
from lots.answers.certificate import Reason as Reason
from lots.answers.lineage import Asked as Asked
from lots.answers.lineage import Difference as Difference
from lots.answers.lineage import Heard as Heard
from lots.answers.lineage import Implicated as Implicated
from lots.answers.lineage import Node as Node
from lots.answers.lineage import Patients as Patients
from lots.answers.lineage import Pooled as Pooled
from lots.answers.lineage import Trace as Trace
from lots.answers.lineage import Use as Use
from lots.answers.lineage import Vials as Vials
from lots.answers.lineage import Whereabouts as Whereabouts
from lots.answers.lists import Listed as Listed
from lots.answers.names import SEVERAL as SEVERAL
from lots.answers.names import LotName as LotName
from lots.answers.received import Received as Received
from lots.answers.verbatim import Verbatim as Verbatim
