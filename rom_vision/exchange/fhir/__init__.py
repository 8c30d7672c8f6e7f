"""A client's chart as HL7 FHIR: a Bundle of resources that other clinical programs read.

Written in what R4 and R4B share, so that both read it; the tests hold it against the models of R4B, since the
library has none of R4. Source: hl7.org/fhir/R4B/r3maps.html, none of the resources that changed in R4B existed in
R3. All used here did, but for ServiceRequest, which came with R4 (that it did not change: to be confirmed).
"""

from rom_vision.exchange.fhir.bundle import bundle, write_bundle

__all__ = ["bundle", "write_bundle"]
