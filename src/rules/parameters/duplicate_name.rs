//! PAR004: two parameters with one name.

use crate::diagnostic::{Diagnostic, Location, Severity};
use crate::fix::{Edit, Fix};
use crate::rules::Context;
use crate::xml;

declare_rule! {
    /// ## What it does
    /// Looks for parameters whose name another parameter before them has.
    /// Names that differ only in case are a warning.
    ///
    /// ## Why it matters
    /// A name is unique within the file.
    /// It is what a value is given to and what `{...}` refers to, so of two parameters with one name
    /// one cannot be reached, or Web Deploy refuses the file.
    ///
    /// ## Example
    /// ```xml
    /// <parameter name="Path" defaultValue="" tags="iisapp" />
    /// <parameter name="Path" defaultValue="{Path}/media" tags="Hidden" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <parameter name="Path" defaultValue="" tags="iisapp" />
    /// <parameter name="MediaPath" defaultValue="{Path}/media" tags="Hidden" />
    /// ```
    ///
    /// ## Fix
    /// The packager offers a free name for the second one.
    /// Please review it: a `{...}` that meant the second one has to follow.
    ///
    /// ## References
    /// - Microsoft, "Reference for the Web Application Package"
    "parameters/duplicate-name", PAR004, gallery: Error, webdeploy: Error
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(parameters) = cx.parameters() else { return };
    let file = &parameters.source.path;
    let names = || parameters.list.iter().filter_map(|parameter| parameter.name.as_ref());
    for (index, name) in names().enumerate().filter(|(_, name)| !name.text.trim().is_empty()) {
        let before = || names().take(index);
        let same_but_case = || before().find(|other| other.text.eq_ignore_ascii_case(&name.text));
        let Some(other) = before().find(|other| other.text == name.text).or_else(same_but_case) else { continue };
        let free = parameters.free_name(&name.text);
        let location = Location::span(file, name.span);
        let fix = Fix::review(format!("Use `{free}`"), vec![Edit::replace(file, name.span, xml::escape(&free))]);
        let diagnostic = if other.text == name.text {
            Diagnostic::new(location, format!("two parameters are called `{}`", name.text))
                .consequence("Web Deploy refuses the file, or one of the two never gets a value.")
        } else {
            let message = format!("the names `{}` and `{}` differ only in case", other.text, name.text);
            Diagnostic::new(location, message)
                .consequence("A value may reach the other of the two.")
                .severity(Severity::Warning)
        };
        out.push(diagnostic.help("Give each parameter a name of its own.").fix(fix));
    }
}
