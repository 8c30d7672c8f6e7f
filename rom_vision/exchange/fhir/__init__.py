"""A client's chart as HL7 FHIR: a Bundle of resources that other clinical programs read.

Written for FHIR R4 with what R4 and R4B share, so that both read it. No resource used here differs between them.
"""

from rom_vision.exchange.fhir.bundle import bundle, write_bundle

__all__ = ["bundle", "write_bundle"]
