"""
The catalogue as CPSV-AP-NO, the Norwegian profile of Europe's vocabulary for public services, in Turtle.

An offer of a public body is a `cpsv:PublicService`, an organisation's a `cpsvno:Service`. Their identifiers are the
addresses of their pages, and stay. In a worker module, since rdflib is heavy: only commands and jobs import it.
"""

from collections.abc import Iterable
from datetime import date

from rdflib import BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, ORG, RDF, RDFS, SKOS, XSD
from rdflib.term import Node

from medspiller.catalogue.domain.offers import Area, Offer, Place, Provider, Texts
from medspiller.catalogue.domain.outside import cpsv, terms
from medspiller.catalogue.domain.outside.hsds_parts import area_name
from medspiller.catalogue.domain.outside.terms import Taxonomy, Term
from medspiller.catalogue.domain.outside.values import LANGUAGES, Listed, Publisher, Site
from medspiller.catalogue.domain.vocabulary import AreaKind, ProviderKind

ADMS = Namespace("http://www.w3.org/ns/adms#")
CPSV = Namespace("http://purl.org/vocab/cpsv#")
CPSVNO = Namespace("https://data.norge.no/vocabulary/cpsvno#")
CV = Namespace("http://data.europa.eu/m8g/")
DCATNO = Namespace("https://data.norge.no/vocabulary/dcatno#")
LOCN = Namespace("http://www.w3.org/ns/locn#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")

_PREFIXES = {
    "adms": ADMS, "cpsv": CPSV, "cpsvno": CPSVNO, "cv": CV, "dcat": DCAT, "dcatno": DCATNO, "dct": DCTERMS,
    "foaf": FOAF, "locn": LOCN, "org": ORG, "rdfs": RDFS, "skos": SKOS, "vcard": VCARD, "xsd": XSD,
}  # fmt: skip


def turtle(found: Iterable[Listed], site: Site, *, on: date) -> str:
    """Return a catalogue of offers as Turtle, with all that they point to. Of two offers with one name the first."""
    graph = _Catalogue(site)
    seen: set[str] = set()
    for listed in found:
        if listed.offer.slug not in seen:
            seen.add(listed.offer.slug)
            graph.add_service(listed)
    graph.finish(on=on)
    return graph.graph.serialize(format="turtle")


class _Catalogue:
    def __init__(self, site: Site):
        self.site = site
        self.graph = Graph(bind_namespaces="none")
        for prefix, namespace in _PREFIXES.items():
            self.graph.bind(prefix, namespace)
        self.uri = URIRef(f"{site.base}/tilbud/")
        self.owner = URIRef(f"{site.base}/#eier")

    def add_service(self, listed: Listed) -> None:
        """Add an offer with its contact points, channels, price and result."""
        offer, kind = listed.offer, listed.publisher.provider.kind
        service = URIRef(self.site.page_of(offer))
        provider = self._provider(listed.publisher)
        is_public = kind is not ProviderKind.ORGANISATION
        self._say(service, RDF.type, CPSV.PublicService if is_public else CPSVNO.Service)
        if is_public:
            self._say(service, CV.hasCompetentAuthority, provider)
        self._say(service, CV.ownedBy, provider)
        self._identify(service)
        self._texts(service, DCTERMS.title, offer.title)
        self._texts(service, DCTERMS.description, _joined(offer.summary, offer.text))
        self._say(service, FOAF.homepage, service)
        self._say(service, ADMS.status, URIRef(cpsv.COMPLETED))
        for language in filter(None, (cpsv.language_uri(code) for code in offer.languages)):
            self._say(service, DCTERMS.language, URIRef(language))
        for area in offer.areas:
            self._say(service, DCTERMS.spatial, self._area(area))
        for need in sorted(offer.needs):
            self._say(service, CV.thematicArea, self._concept(terms.TERM_BY_CODE[Taxonomy.NEED.value, need]))
        for taxonomy, codes in (
            (Taxonomy.RELATION, offer.audience.relations),
            (Taxonomy.CONDITION, offer.audience.conditions),
        ):
            for code in sorted(codes):
                concept = self._concept(terms.TERM_BY_CODE[taxonomy.value, code])
                self._say(service, DCTERMS.subject if is_public else DCTERMS.audience, concept)
        self._keywords(service, offer)
        self._contact_point(service, offer)
        self._output(service, offer)
        self._channels(service, offer, provider)
        self._cost(service, offer, is_public, provider)
        self._say(self.uri, DCATNO.containsService, service)

    def finish(self, *, on: date) -> None:
        """Add the catalogue itself and whoever keeps it."""
        self._say(self.uri, RDF.type, DCAT.Catalog)
        self._identify(self.uri)
        self._texts(self.uri, DCTERMS.title, cpsv.catalogue_title(self.site.owner or "Norge"))
        self._texts(self.uri, DCTERMS.description, cpsv.catalogue_about())
        self._say(self.uri, DCTERMS.modified, Literal(on.isoformat(), datatype=XSD.date))
        self._say(self.uri, DCTERMS.license, URIRef(cpsv.LICENCE))
        self._say(self.uri, FOAF.homepage, self.uri)
        for language in LANGUAGES:
            self._say(self.uri, DCTERMS.language, URIRef(str(cpsv.language_uri(language))))
        area = Area(AreaKind.MUNICIPALITY, self.site.number) if self.site.number else Area(AreaKind.NATIONAL)
        self._say(self.uri, DCTERMS.spatial, self._area(area))
        self._say(self.uri, DCTERMS.publisher, self.owner)
        self._identify(self.owner)
        if self.site.owner:
            self._say(self.owner, RDF.type, CV.PublicOrganisation)
            self._texts(self.owner, SKOS.prefLabel, dict.fromkeys(LANGUAGES, self.site.owner))
            self._say(self.owner, DCTERMS.type, URIRef(cpsv.PUBLISHER_TYPES[ProviderKind.MUNICIPALITY]))
            self._say(self.owner, DCTERMS.spatial, self._area(area))
        else:
            self._say(self.owner, RDF.type, FOAF.Agent)
            self._texts(self.owner, DCTERMS.title, dict.fromkeys(LANGUAGES, "Medspiller"))
        point = URIRef(f"{self.uri}#kontakt")
        self._say(self.uri, CV.contactPoint, point)
        self._say(point, RDF.type, CV.ContactPoint)
        self._say(point, CV.contactPage, URIRef(f"{self.site.base}/kontakt/"))

    def _provider(self, publisher: Publisher) -> URIRef:
        provider = publisher.provider
        uri = self._provider_uri(publisher)
        if (uri, RDF.type, None) in self.graph:
            return uri
        is_public = provider.kind is not ProviderKind.ORGANISATION
        self._say(uri, RDF.type, CV.PublicOrganisation if is_public else ORG.Organization)
        self._identify(uri)
        self._texts(uri, SKOS.prefLabel, provider.name)
        self._say(uri, DCTERMS.type, URIRef(cpsv.PUBLISHER_TYPES[provider.kind]))
        self._say(uri, DCTERMS.spatial, self._area(self._reach(provider)))
        if provider.website:
            self._say(uri, FOAF.homepage, URIRef(provider.website))
        return uri

    def _provider_uri(self, publisher: Publisher) -> URIRef:
        number = publisher.provider.organisation_number
        if number:
            return URIRef(f"{cpsv.ORGANISATIONS}/{number}")
        return URIRef(f"{self.site.api}/organizations/{publisher.id}")

    def _reach(self, provider: Provider) -> Area:
        if provider.kind is ProviderKind.MUNICIPALITY and self.site.number:
            return Area(AreaKind.MUNICIPALITY, self.site.number)
        return Area(AreaKind.NATIONAL)

    def _area(self, area: Area) -> URIRef:
        if area.kind is AreaKind.NATIONAL:
            uri = URIRef(cpsv.NORWAY)
        else:
            uri = URIRef(f"{self.uri}#{'fylke' if area.kind is AreaKind.COUNTY else 'kommune'}-{area.code}")
            self._say(uri, DCTERMS.identifier, Literal(area.code))
        self._say(uri, RDF.type, DCTERMS.Location)
        self._say(uri, RDFS.label, Literal(area_name(Area(area.kind, area.code), self.site), lang="nb"))
        return uri

    def _concept(self, term: Term) -> URIRef:
        uri = URIRef(f"{self.site.api}/taxonomy_terms/{term.id}")
        if (uri, RDF.type, None) not in self.graph:
            self._say(uri, RDF.type, SKOS.Concept)
            self._texts(uri, SKOS.prefLabel, term.called)
        return uri

    def _keywords(self, service: URIRef, offer: Offer) -> None:
        for language, words in sorted((offer.search_words or {}).items()):
            for word in words:
                self._say(service, DCAT.keyword, Literal(word, lang=language))

    def _contact_point(self, service: URIRef, offer: Offer) -> None:
        point = URIRef(f"{service}#kontakt")
        self._say(service, CV.contactPoint, point)
        self._say(point, RDF.type, CV.ContactPoint)
        self._say(point, CV.contactPage, URIRef(offer.contact.website or str(service)))
        if offer.contact.email:
            self._say(point, CV.email, Literal(offer.contact.email))
        for phone in offer.contact.phones:
            self._say(point, CV.telephone, Literal(phone.number))

    def _output(self, service: URIRef, offer: Offer) -> None:
        """What comes of it: the profile asks for something that it may lead to."""
        output = URIRef(f"{service}#resultat")
        self._say(service, CPSVNO.hasPossibleOutput, output)
        self._say(output, RDF.type, CPSVNO.PossibleOutput)
        self._identify(output)
        self._texts(output, DCTERMS.title, terms.TERM_BY_CODE[Taxonomy.KIND.value, offer.kind.value].called)
        self._texts(output, DCTERMS.description, offer.summary)

    def _channels(self, service: URIRef, offer: Offer, provider: URIRef) -> None:
        contact = offer.contact
        channel = self._channel(service, "nett", "online-service", provider)
        for address in dict.fromkeys(each for each in (contact.website, contact.chat) if each):
            self._say(channel, VCARD.hasURL, URIRef(address))
        if not (contact.website or contact.chat):
            self._say(channel, VCARD.hasURL, service)
        self._texts(channel, DCTERMS.description, offer.how)
        if contact.email:
            channel = self._channel(service, "e-post", "e-mail", provider)
            self._say(channel, VCARD.hasEmail, URIRef(f"mailto:{contact.email}"))
        for number, phone in enumerate(contact.phones, 1):
            channel = self._channel(service, f"telefon-{number}", "telephone", provider)
            self._say(channel, VCARD.hasTelephone, Literal(phone.number))
            self._texts(channel, DCTERMS.description, phone.label)
        # In words: the shapes ask of any time entity what only an instant has, so hours cannot stand as one.
        open_when = [cpsv.times_in_words(times) for times in offer.times]
        for number, place in enumerate(offer.places, 1):
            channel = self._channel(service, f"sted-{number}", "service-bureau", provider)
            self._say(channel, VCARD.hasAddress, self._address(place))
            self._texts(channel, DCTERMS.description, _joined(*open_when, place.directions or {}))

    def _channel(self, service: URIRef, name: str, kind: str, provider: URIRef) -> URIRef:
        channel = URIRef(f"{service}#{name}")
        self._say(service, CV.hasChannel, channel)
        self._say(channel, RDF.type, CV.Channel)
        self._identify(channel)
        self._say(channel, DCTERMS.type, URIRef(f"{cpsv.CHANNEL_TYPE}{kind}"))
        return channel

    def _address(self, place: Place) -> BNode:
        address = BNode()
        self._say(address, RDF.type, VCARD.Address)
        street = ", ".join(dict.fromkeys(part for part in (place.name, place.street) if part))
        self._say(address, VCARD["street-address"], Literal(street))
        self._say(address, VCARD["postal-code"], Literal(place.postal_code))
        self._say(address, VCARD.locality, Literal(place.city))
        self._say(address, VCARD["country-name"], Literal("Norge", lang="nb"))
        return address

    def _cost(self, service: URIRef, offer: Offer, is_public: bool, provider: URIRef) -> None:
        """
        What it costs, in words where it is free.

        No amount of 0: the reasoner that validators use takes a double of 0 for none.
        """
        cost, amount = URIRef(f"{service}#pris"), offer.cost.amount
        self._say(service, CV.hasCost, cost)
        self._say(cost, RDF.type, CV.Cost)
        self._identify(cost)
        if amount:
            self._say(cost, CV.hasValue, Literal(float(amount), datatype=XSD.double))
            self._say(cost, CV.currency, URIRef(cpsv.KRONE))
        self._texts(cost, DCTERMS.description, _joined(cpsv.FREE if offer.cost.is_free else {}, offer.cost.text or {}))
        if is_public:
            self._say(cost, CV.isDefinedBy, provider)

    def _identify(self, about: URIRef) -> None:
        self._say(about, DCTERMS.identifier, Literal(str(about), datatype=XSD.anyURI))

    def _texts(self, about: Node, predicate: URIRef, texts: Texts | None) -> None:
        for language, text in sorted((texts or {}).items()):
            if text:
                self._say(about, predicate, Literal(text, lang=language))

    def _say(self, about: Node, predicate: URIRef, what: Node) -> None:
        self.graph.add((about, predicate, what))


def _joined(*texts: Texts) -> Texts:
    """Return texts one after the other, with an empty line between, in every language that one of them has."""
    languages = dict.fromkeys(language for each in texts for language in each)
    return {language: "\n\n".join(each[language] for each in texts if each.get(language)) for language in languages}
