"""The words of the graph: namespaces, prefixes and terms, each the full IRI as a plain string.

A term is named after its prefix and its local name: `schema:datePublished` is `SCHEMA_DATE_PUBLISHED`. The terms
of our own (`KG_…`) are defined in `ontologies/kg.ttl`; a test keeps the two lists equal.
"""

from __future__ import annotations

from typing import Final

from kg.model import Basis

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
SCHEMA: Final = "https://schema.org/"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
FOAF: Final = "http://xmlns.com/foaf/0.1/"
DCTERMS: Final = "http://purl.org/dc/terms/"
PROV: Final = "http://www.w3.org/ns/prov#"
OA: Final = "http://www.w3.org/ns/oa#"
VOID: Final = "http://rdfs.org/ns/void#"
DCAT: Final = "http://www.w3.org/ns/dcat#"
KG: Final = "https://kg.example/ns#"

PREFIXES: Final[dict[str, str]] = {
    "dcat": DCAT,
    "dcterms": DCTERMS,
    "foaf": FOAF,
    "kg": KG,
    "oa": OA,
    "owl": OWL,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "skos": SKOS,
    "void": VOID,
    "xsd": XSD,
}
"""Prefix → namespace, sorted by prefix: what Turtle declares and what queries may use undeclared."""

LANGUAGE: Final = "de"
"""The language of headlines, prose and captions."""

RDF_TYPE: Final = RDF + "type"
RDF_SUBJECT: Final = RDF + "subject"
RDF_PREDICATE: Final = RDF + "predicate"
RDF_OBJECT: Final = RDF + "object"
RDF_STATEMENT: Final = RDF + "Statement"

XSD_BOOLEAN: Final = XSD + "boolean"
XSD_DATE: Final = XSD + "date"
XSD_DECIMAL: Final = XSD + "decimal"
XSD_INTEGER: Final = XSD + "integer"
XSD_STRING: Final = XSD + "string"

SCHEMA_NEWS_ARTICLE: Final = SCHEMA + "NewsArticle"
SCHEMA_OPINION_NEWS_ARTICLE: Final = SCHEMA + "OpinionNewsArticle"
SCHEMA_IMAGE_OBJECT: Final = SCHEMA + "ImageObject"
SCHEMA_PERSON: Final = SCHEMA + "Person"
SCHEMA_ORGANIZATION: Final = SCHEMA + "Organization"
SCHEMA_NEWS_MEDIA_ORGANIZATION: Final = SCHEMA + "NewsMediaOrganization"
SCHEMA_PLACE: Final = SCHEMA + "Place"

SCHEMA_ABOUT: Final = SCHEMA + "about"
SCHEMA_ABSTRACT: Final = SCHEMA + "abstract"
SCHEMA_ALTERNATE_NAME: Final = SCHEMA + "alternateName"
SCHEMA_ARTICLE_BODY: Final = SCHEMA + "articleBody"
SCHEMA_ARTICLE_SECTION: Final = SCHEMA + "articleSection"
SCHEMA_AUTHOR: Final = SCHEMA + "author"
SCHEMA_CAPTION: Final = SCHEMA + "caption"
SCHEMA_CITATION: Final = SCHEMA + "citation"
SCHEMA_CREDIT_TEXT: Final = SCHEMA + "creditText"
SCHEMA_DATE_PUBLISHED: Final = SCHEMA + "datePublished"
SCHEMA_DATELINE: Final = SCHEMA + "dateline"
SCHEMA_FAMILY_NAME: Final = SCHEMA + "familyName"
SCHEMA_GIVEN_NAME: Final = SCHEMA + "givenName"
SCHEMA_HEADLINE: Final = SCHEMA + "headline"
SCHEMA_IDENTIFIER: Final = SCHEMA + "identifier"
SCHEMA_IMAGE: Final = SCHEMA + "image"
SCHEMA_IN_LANGUAGE: Final = SCHEMA + "inLanguage"
SCHEMA_JOB_TITLE: Final = SCHEMA + "jobTitle"
SCHEMA_LOCATION_CREATED: Final = SCHEMA + "locationCreated"
SCHEMA_MENTIONS: Final = SCHEMA + "mentions"
SCHEMA_NAME: Final = SCHEMA + "name"
SCHEMA_PUBLISHER: Final = SCHEMA + "publisher"
SCHEMA_SOURCE_ORGANIZATION: Final = SCHEMA + "sourceOrganization"
SCHEMA_URL: Final = SCHEMA + "url"
SCHEMA_WORD_COUNT: Final = SCHEMA + "wordCount"

SKOS_CONCEPT: Final = SKOS + "Concept"
SKOS_CONCEPT_SCHEME: Final = SKOS + "ConceptScheme"
SKOS_ALT_LABEL: Final = SKOS + "altLabel"
SKOS_BROADER: Final = SKOS + "broader"
SKOS_IN_SCHEME: Final = SKOS + "inScheme"
SKOS_PREF_LABEL: Final = SKOS + "prefLabel"

FOAF_FOCUS: Final = FOAF + "focus"
DCTERMS_REPLACES: Final = DCTERMS + "replaces"

PROV_ENTITY: Final = PROV + "Entity"
PROV_WAS_DERIVED_FROM: Final = PROV + "wasDerivedFrom"

OA_ANNOTATION: Final = OA + "Annotation"
OA_SPECIFIC_RESOURCE: Final = OA + "SpecificResource"
OA_TEXT_POSITION_SELECTOR: Final = OA + "TextPositionSelector"
OA_TEXT_QUOTE_SELECTOR: Final = OA + "TextQuoteSelector"
OA_END: Final = OA + "end"
OA_EXACT: Final = OA + "exact"
OA_HAS_BODY: Final = OA + "hasBody"
OA_HAS_SELECTOR: Final = OA + "hasSelector"
OA_HAS_SOURCE: Final = OA + "hasSource"
OA_HAS_TARGET: Final = OA + "hasTarget"
OA_IDENTIFYING: Final = OA + "identifying"
OA_LINKING: Final = OA + "linking"
OA_MOTIVATED_BY: Final = OA + "motivatedBy"
OA_PREFIX: Final = OA + "prefix"
OA_START: Final = OA + "start"
OA_SUFFIX: Final = OA + "suffix"

KG_ANNOUNCEMENT: Final = KG + "Announcement"
KG_ARTICLE_STUB: Final = KG + "ArticleStub"
KG_AUTHORSHIP: Final = KG + "Authorship"
KG_DUMP_FILE: Final = KG + "DumpFile"
KG_IDENTITY: Final = KG + "Identity"
KG_INLINE_LINK: Final = KG + "InlineLink"
KG_MENTION: Final = KG + "Mention"
KG_NUMBER_ANNOUNCEMENT: Final = KG + "NumberAnnouncement"
KG_SECTION_LISTING: Final = KG + "SectionListing"
KG_TAG_ASSIGNMENT: Final = KG + "TagAssignment"
KG_TAG_KIND: Final = KG + "tagKind"

KG_ARTICLE_COUNT: Final = KG + "articleCount"
KG_BASIS: Final = KG + "basis"
KG_CONFIDENCE: Final = KG + "confidence"
KG_COUNT: Final = KG + "count"
KG_ENTITY: Final = KG + "entity"
KG_FIRST_LINE: Final = KG + "firstLine"
KG_FULLEST_DUMP: Final = KG + "fullestDump"
KG_KICKER: Final = KG + "kicker"
KG_LAST_LINE: Final = KG + "lastLine"
KG_LINK_NUMBER: Final = KG + "linkNumber"
KG_LINKS_TO_TAG: Final = KG + "linksToTag"
KG_MENTION_COUNT: Final = KG + "mentionCount"
KG_OF_IMAGE: Final = KG + "ofImage"
KG_PART: Final = KG + "part"
KG_PARTY: Final = KG + "party"
KG_PATH: Final = KG + "path"
KG_RELATED_ARTICLE: Final = KG + "relatedArticle"
KG_RENDERING: Final = KG + "rendering"
KG_RULE: Final = KG + "rule"
KG_SELECTOR: Final = KG + "selector"
KG_SHA256: Final = KG + "sha256"
KG_SPELLING: Final = KG + "spelling"
KG_SUBHEAD: Final = KG + "subhead"
KG_TEXT_SHA256: Final = KG + "textSha256"
KG_TITLE: Final = KG + "title"
KG_TRANSLITERATED: Final = KG + "transliterated"
KG_TRUNCATED: Final = KG + "truncated"


def basis_iri(basis: Basis) -> str:
    """The individual of class `kg:Basis` that stands for `basis`."""
    return KG + basis.value
