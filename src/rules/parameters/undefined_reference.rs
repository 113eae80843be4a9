//! PAR020: a reference to a parameter that does not exist.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::limits;
use crate::model::Parameters;
use crate::model::parameters::Parameter;
use crate::model::reference::Reference;
use crate::rules::Context;
use crate::rules::tagging::{comparable, nearest};
use crate::text::Span;
use crate::xml;

declare_rule! {
    /// ## What it does
    /// Looks for `{Name}` in a `defaultValue` when no parameter is called so.
    /// Another case or other blanks are a warning as well.
    /// Braces around something else, such as JSON, a GUID, `{0}`, `{R:1}` or `{HTTP_HOST}`, are left alone.
    ///
    /// ## Why it matters
    /// The braces and the name stay in the value, to the letter: a configuration file gets `{DbName}` for the name of its database.
    /// Microsoft's own sample for WordPress has this mistake three times.
    ///
    /// ## Example
    /// ```xml
    /// <parameter name="DatabaseName" tags="MySQL,dbName" />
    /// <parameter name="Setting" defaultValue="name={DbName}" tags="Hidden" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <parameter name="DatabaseName" tags="MySQL,dbName" />
    /// <parameter name="Setting" defaultValue="name={DatabaseName}" tags="Hidden" />
    /// ```
    ///
    /// ## Fix
    /// The packager offers the parameter with the nearest name, or the one with that tag.
    /// Please review it.
    ///
    /// ## References
    /// - Microsoft, "Reference for the Web Application Package"
    "parameters/undefined-reference", PAR020, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(parameters) = comparable(cx) else { return };
    for parameter in &parameters.list {
        for reference in parameter.references() {
            if parameters.named(reference.name).is_some() {
                continue;
            }
            // What is told nowhere needs no suggestion.
            let told = out.len() < limits::DIAGNOSTICS_PER_RULE;
            let meant = told.then(|| meant(parameters, reference.name)).flatten();
            let message =
                format!("`{}` refers to `{}`, and no parameter is called so", parameter.label(), reference.name);
            let Some(location) = place(cx, parameters, parameter, reference) else { continue };
            let file = &parameters.source.path;
            let mut diagnostic = Diagnostic::new(Location::span(file, location), message)
                .consequence("The braces and the name stay in the value, to the letter.");
            if let Some(meant) = meant {
                let edit = Edit::replace(file, location, format!("{{{}}}", xml::escape(meant)));
                diagnostic = diagnostic
                    .help(format!("Did you mean `{meant}`?"))
                    .fix(Fix::review(format!("Use `{{{meant}}}`"), vec![edit]));
            } else {
                diagnostic = diagnostic.help("Write the name of a parameter, to the letter.");
            }
            out.push(diagnostic);
        }
    }
}

/// The parameter that may be meant: ignoring case and blanks, else by its tag, else the nearest.
fn meant<'p>(parameters: &'p Parameters, name: &str) -> Option<&'p str> {
    let named = |other: &&Parameter| !other.name_text().trim().is_empty();
    let bare = |name: &str| name.split_whitespace().collect::<String>().to_lowercase();
    let same = parameters.list.iter().filter(named).find(|other| bare(other.name_text()) == bare(name));
    let tagged = || parameters.list.iter().filter(named).find(|other| other.has_tag(name));
    let near = || {
        let names: Vec<&str> = parameters.list.iter().filter(named).map(Parameter::name_text).collect();
        nearest(name, &names)
    };
    same.or_else(tagged).map(Parameter::name_text).or_else(near)
}

/// The braces in the file; the whole default when it is not written as it reads.
fn place(cx: &Context<'_>, parameters: &Parameters, parameter: &Parameter, reference: Reference<'_>) -> Option<Span> {
    let default = parameter.default.as_ref()?;
    let text = cx.contents.text(&parameters.source.path)?;
    let braces = format!("{{{}}}", reference.name);
    let earlier = default.text.get(..reference.start)?.matches(&braces).count();
    let found = text.slice(default.span).match_indices(&braces).nth(earlier);
    let at = found.map(|(at, _)| default.span.start + at);
    Some(at.map_or(default.span, |at| Span::new(at, at + braces.len())))
}
