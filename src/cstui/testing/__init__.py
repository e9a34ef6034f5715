"""For the tests of areas, ours and strangers': the conformance kit, and a throw-away site to try an area's acts on."""

from cstui.testing.conformance import check_area, faults_in
from cstui.testing.trial import START, Trial, throwaway

__all__ = ["START", "Trial", "check_area", "faults_in", "throwaway"]
