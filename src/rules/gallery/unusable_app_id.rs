//! GAL001: an App ID with more than letters and digits in it.

use crate::diagnostic::{Diagnostic, Location};
use crate::publish::FormData;
use crate::rules::Context;
use crate::rules::support::shown;

declare_rule! {
    /// ## What it does
    /// Looks whether the App ID of the gallery's form has letters and digits only.
    /// The App ID is `appId` of `form` in the options; it is not judged when it is not given.
    ///
    /// ## Why it matters
    /// The form takes no blanks, dashes, dots or other characters there.
    ///
    /// ## Example
    /// ```json
    /// { "form": { "appId": "my-shop 2" } }
    /// ```
    ///
    /// ## Use instead
    /// ```json
    /// { "form": { "appId": "myshop2" } }
    /// ```
    ///
    /// ## Fix
    /// None: the id is not in the package.
    /// The report says what is left of it without the other characters.
    ///
    /// ## References
    /// - Microsoft, the submission form of the Web App Gallery
    "gallery/unusable-app-id", GAL001, gallery: Error, webdeploy: Off
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(id) = cx.form.app_id.as_deref().filter(|id| !id.trim().is_empty()) else { return };
    let usable: String = id.chars().filter(|char| char.is_alphanumeric()).collect();
    if usable == id {
        return;
    }
    let help = if usable.is_empty() {
        "Choose an id of letters and digits.".to_owned()
    } else {
        format!("Use `{}`, or another id of letters and digits.", shown(&usable))
    };
    let message = format!("the App ID `{}` has characters other than letters and digits", shown(id));
    out.push(
        Diagnostic::new(Location::raw(&FormData::place("appId")), message)
            .consequence("The gallery's form refuses it.")
            .help(help),
    );
}
