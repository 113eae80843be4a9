//! PUB001: a publish profile that cannot be read as one.

use crate::diagnostic::{Diagnostic, Location, Severity};
use crate::fix::{Edit, Fix};
use crate::model::Source;
use crate::publish::Alone;
use crate::publish::profile::Form;
use crate::rules::Context;
use crate::rules::support::not_well_formed;

declare_rule! {
    /// ## What it does
    /// Looks whether a publish profile is well-formed, whether its root is `publishData` (or the `Project` of a `.pubxml`), and whether there is a `publishProfile` in it.
    ///
    /// ## Why it matters
    /// Tools read the `publishProfile` elements below `publishData`, and find nothing elsewhere.
    /// A `publishProfile` without `publishData` around it is only warned of: some readers take it.
    ///
    /// ## Example
    /// ```xml
    /// <publishProfile publishMethod="MSDeploy" publishUrl="shop.scm.azurewebsites.net:443" msdeploySite="shop" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <publishData>
    ///   <publishProfile publishMethod="MSDeploy" publishUrl="shop.scm.azurewebsites.net:443" msdeploySite="shop" />
    /// </publishData>
    /// ```
    ///
    /// ## Fix
    /// Puts `publishData` around a profile that lacks it; please review it.
    /// Download the profile again when it is damaged.
    ///
    /// ## References
    /// - Publish profiles of Azure, and the reader of WAWSDeploy
    "publish/unreadable-profile", PUB001, gallery: Error, webdeploy: Error
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(Alone::Profile(profile)) = &cx.package.alone else { return };
    let markup = &profile.markup;
    let source = Source::from(markup);
    if !cx.is_whole(&source) {
        let text = cx.contents.text(&markup.path);
        not_well_formed(&source, text.as_deref(), "No tool can read the profile.", out);
        return;
    }
    let Some(root) = markup.root() else { return };
    let at = |span| Location::span(&markup.path, span);
    match profile.form {
        Form::Bare => {
            let edits = vec![
                Edit::insert(&markup.path, root.span().start, "<publishData>"),
                Edit::insert(&markup.path, root.span().end, "</publishData>"),
            ];
            out.push(
                Diagnostic::new(at(root.name_span), "`publishProfile` stands without `publishData` around it")
                    .severity(Severity::Warning)
                    .consequence("Tools that look below `publishData` find no profile.")
                    .help("Put `publishData` around it.")
                    .fix(Fix::review("Put `publishData` around it", edits)),
            );
        }
        Form::Unknown => out.push(
            Diagnostic::new(at(root.name_span), format!("`{}` is not the root of a publish profile", root.name))
                .consequence("No tool finds a profile in it.")
                .help("Download the publish profile again."),
        ),
        Form::Settings if profile.ways.is_empty() => out.push(
            Diagnostic::new(at(root.name_span), "there is no `publishProfile` in it")
                .consequence("There is nothing to publish with.")
                .help("Download the publish profile again."),
        ),
        Form::Settings | Form::Project => {}
    }
}
