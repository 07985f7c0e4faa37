"""
The shape of FHIR R4 Questionnaire and QuestionnaireResponse, and of the types they are made of.

Each type is a line of `name:type`, with `*` where many may stand and `!` where one must; `[x]`
takes one of several types. Written from the StructureDefinitions of FHIR 4.0.1, and held to them
by a test. The official JSON schema says the same but takes seconds to load and answers a wrong
element with every alternative it could have been.
"""

SHAPES = {
    "Questionnaire": "url:uri identifier:Identifier* version:string name:string title:string derivedFrom:canonical* "
    "status:code! experimental:boolean subjectType:code* date:dateTime publisher:string contact:ContactDetail* "
    "description:markdown useContext:UsageContext* jurisdiction:CodeableConcept* purpose:markdown copyright:markdown "
    "approvalDate:date lastReviewDate:date effectivePeriod:Period code:Coding* item:Questionnaire.item*",
    "Questionnaire.item": "linkId:string! definition:uri code:Coding* prefix:string text:string type:code! "
    "enableWhen:Questionnaire.item.enableWhen* enableBehavior:code required:boolean repeats:boolean "
    "readOnly:boolean maxLength:integer answerValueSet:canonical answerOption:Questionnaire.item.answerOption* "
    "initial:Questionnaire.item.initial* item:Questionnaire.item*",
    "Questionnaire.item.enableWhen": "question:string! operator:code! "
    "answer[x]:boolean|decimal|integer|date|dateTime|time|string|Coding|Quantity|Reference!",
    "Questionnaire.item.answerOption": "value[x]:integer|date|time|string|Coding|Reference! initialSelected:boolean",
    "Questionnaire.item.initial": "value[x]:boolean|decimal|integer|date|dateTime|time|string|uri|Attachment|Coding|"
    "Quantity|Reference!",
    "QuestionnaireResponse": "identifier:Identifier basedOn:Reference* partOf:Reference* questionnaire:canonical "
    "status:code! subject:Reference encounter:Reference authored:dateTime author:Reference source:Reference "
    "item:QuestionnaireResponse.item*",
    "QuestionnaireResponse.item": "linkId:string! definition:uri text:string "
    "answer:QuestionnaireResponse.item.answer* item:QuestionnaireResponse.item*",
    "QuestionnaireResponse.item.answer": "value[x]:boolean|decimal|integer|date|dateTime|time|string|uri|Attachment|"
    "Coding|Quantity|Reference item:QuestionnaireResponse.item*",
    "Address": "use:code type:code text:string line:string* city:string district:string state:string "
    "postalCode:string country:string period:Period",
    "Age": "value:decimal comparator:code unit:string system:uri code:code",
    "Annotation": "author[x]:Reference|string time:dateTime text:markdown!",
    "Attachment": "contentType:code language:code data:base64Binary url:url size:unsignedInt hash:base64Binary "
    "title:string creation:dateTime",
    "CodeableConcept": "coding:Coding* text:string",
    "Coding": "system:uri version:string code:code display:string userSelected:boolean",
    "ContactDetail": "name:string telecom:ContactPoint*",
    "ContactPoint": "system:code value:string use:code rank:positiveInt period:Period",
    "Count": "value:decimal comparator:code unit:string system:uri code:code",
    "Distance": "value:decimal comparator:code unit:string system:uri code:code",
    "Duration": "value:decimal comparator:code unit:string system:uri code:code",
    "Expression": "description:string name:id language:code! expression:string reference:uri",
    "HumanName": "use:code text:string family:string given:string* prefix:string* suffix:string* period:Period",
    "Identifier": "use:code type:CodeableConcept system:uri value:string period:Period assigner:Reference",
    "Meta": "versionId:id lastUpdated:instant source:uri profile:canonical* security:Coding* tag:Coding*",
    "Money": "value:decimal currency:code",
    "Narrative": "status:code! div:xhtml!",
    "Period": "start:dateTime end:dateTime",
    "Quantity": "value:decimal comparator:code unit:string system:uri code:code",
    "Range": "low:Quantity high:Quantity",
    "Ratio": "numerator:Quantity denominator:Quantity",
    "Reference": "reference:string type:uri identifier:Identifier display:string",
    "RelatedArtifact": "type:code! label:string display:string citation:markdown url:url document:Attachment "
    "resource:canonical",
    "UsageContext": "code:Coding! value[x]:CodeableConcept|Quantity|Range|Reference!",
}

# Types that extensions may carry and nothing here looks into.
OPAQUE = {
    "Contributor", "DataRequirement", "Dosage", "ParameterDefinition", "SampledData", "Signature", "Timing",
    "TriggerDefinition",
}  # fmt: skip

PRIMITIVES = {
    "base64Binary", "boolean", "canonical", "code", "date", "dateTime", "decimal", "id", "instant", "integer",
    "markdown", "oid", "positiveInt", "string", "time", "unsignedInt", "uri", "url", "uuid", "xhtml",
}  # fmt: skip

RESOURCES = ("Questionnaire", "QuestionnaireResponse")

_PUBLICATION = ("draft", "active", "retired", "unknown")
_ANSWERED = ("in-progress", "completed", "amended", "entered-in-error", "stopped")

# Codes that FHIR closes. Item types are judged by the questionnaire's meaning, where R5's are told apart.
BOUND = {
    ("Questionnaire", "status"): _PUBLICATION,
    ("Questionnaire.item.enableWhen", "operator"): ("exists", "=", "!=", ">", "<", ">=", "<="),
    ("Questionnaire.item", "enableBehavior"): ("all", "any"),
    ("QuestionnaireResponse", "status"): _ANSWERED,
    ("Quantity", "comparator"): ("<", "<=", ">=", ">"),
    ("Identifier", "use"): ("usual", "official", "temp", "secondary", "old"),
    ("Narrative", "status"): ("generated", "extensions", "additional", "empty"),
}
