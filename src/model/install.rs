//! The form that an installer makes of Parameters.xml: what it asks, and where each answer goes.

use super::parameters::{Parameter, Parameters};
use super::run::{Run, Runner};
use super::{Package, Value};
use crate::contents::Contents;
use crate::xml::Element;

/// How deep `{references}` in defaults are followed.
const DEPTH: u32 = 16;

/// Longest default that is composed, in bytes: references can double with every step.
const LONGEST: usize = 10_000;

/// One field for each parameter, in order.
#[derive(Debug, Default)]
pub struct Install {
    /// As many as there are parameters.
    pub fields: Vec<Field>,
}

/// What is asked, or kept hidden.
#[derive(Debug)]
pub struct Field {
    /// The name of the parameter.
    pub name: String,
    /// What the author calls it.
    pub friendly_name: Option<String>,
    /// What the author says about it.
    pub description: Option<String>,
    /// How it is asked.
    pub kind: FieldKind,
    /// What stands in it at first, `{references}` replaced; nothing when there is no default.
    pub default: Option<String>,
    /// The tags.
    pub tags: Vec<String>,
    /// Whether an installer insists on a value.
    pub required: bool,
    /// What each entry does, in order.
    pub runs: Vec<Run>,
}

/// How a value is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// A line of text.
    Text,
    /// Hidden letters.
    Password,
    /// Hidden letters, twice.
    NewPassword,
    /// One of these.
    Choice(Vec<String>),
    /// True or false.
    YesNo,
    /// Not at all.
    Hidden,
}

impl Field {
    /// What stands beside it.
    #[must_use]
    pub fn label(&self) -> &str {
        self.friendly_name.as_deref().unwrap_or(&self.name)
    }
}

impl FieldKind {
    /// The word for it.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Password => "password",
            Self::NewPassword => "new-password",
            Self::Choice(_) => "choice",
            Self::YesNo => "yes-no",
            Self::Hidden => "hidden",
        }
    }
}

impl Install {
    /// Makes the form of a package, and runs every entry.
    #[must_use]
    pub fn read(package: &Package, contents: &Contents<'_>) -> Self {
        let Some(parameters) = package.parameters.as_ref().filter(|parameters| parameters.declares()) else {
            return Self::default();
        };
        let mut runner = Runner::new(package, contents);
        let fields = parameters.list.iter().map(|parameter| field(parameters, parameter, &mut runner));
        Self { fields: fields.collect() }
    }
}

fn field(parameters: &Parameters, parameter: &Parameter, runner: &mut Runner<'_>) -> Field {
    let element = parameters.element(parameter);
    let (kinds, values) = validation(element);
    let is = |kind: &str| kinds.iter().any(|own| own.eq_ignore_ascii_case(kind));
    let kind = if parameter.has_tag("Hidden") {
        FieldKind::Hidden
    } else if parameter.has_tag("Password") {
        if parameter.has_tag("New") { FieldKind::NewPassword } else { FieldKind::Password }
    } else if is("Boolean") || parameter.has_tag("Boolean") {
        FieldKind::YesNo
    } else if is("Enumeration") {
        FieldKind::Choice(values)
    } else {
        FieldKind::Text
    };
    Field {
        name: parameter.name_text().to_owned(),
        friendly_name: said(element, "friendlyName"),
        description: said(element, "description"),
        required: kind != FieldKind::Hidden && !is("AllowEmpty"),
        kind,
        default: parameter.default.as_ref().map(|default| composed(parameters, &default.text, DEPTH)),
        tags: parameter.tags().map(str::to_owned).collect(),
        runs: runner.parameter(parameter),
    }
}

/// The kinds of validation, and the values of an enumeration.
fn validation(parameter: Option<&Element>) -> (Vec<String>, Vec<String>) {
    let (mut kinds, mut values) = (Vec::new(), Vec::new());
    let elements = parameter.into_iter().flat_map(Element::elements);
    for element in elements.filter(|element| element.is_ignoring_case("parameterValidation")) {
        let kind = Value::ignoring_case(element, "type").or_else(|| Value::ignoring_case(element, "kind"));
        kinds.extend(kind.iter().flat_map(|kind| kind.text.split(',')).map(|kind| kind.trim().to_owned()));
        let list = Value::ignoring_case(element, "validationString");
        values.extend(list.iter().flat_map(|list| list.text.split(',')).map(str::to_owned));
    }
    (kinds, values)
}

/// What an attribute or an element of a parameter says, in English or in no language when there are
/// several.
fn said(parameter: Option<&Element>, name: &str) -> Option<String> {
    let parameter = parameter?;
    let elements = parameter.elements().filter(|element| element.is_ignoring_case(name));
    let ours = |element: &&Element| {
        let culture = element.attribute_ignoring_case("culture").map_or("", |culture| &culture.value);
        culture.is_empty() || culture.get(..2).is_some_and(|language| language.eq_ignore_ascii_case("en"))
    };
    let element = elements.clone().find(ours).or_else(|| elements.clone().next());
    let text = parameter.attribute_ignoring_case(name).map(|attribute| attribute.value.clone());
    let text = text.or_else(|| element.map(Element::text))?;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

/// A default with its `{references}` replaced by the defaults of those parameters. What refers to no
/// parameter stays, and so does what goes in circles.
fn composed(parameters: &Parameters, text: &str, depth: u32) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let named = after.split_once('}').and_then(|(name, rest)| Some((parameters.referred(name)?, rest)));
        match named.zip(depth.checked_sub(1)) {
            Some(((parameter, after), depth)) if out.len() < LONGEST => {
                let default = parameter.default.as_ref().map_or("", |default| &default.text);
                out.push_str(&composed(parameters, default, depth));
                rest = after;
            }
            _ => {
                out.push('{');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}
