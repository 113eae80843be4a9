//! SET002: a value that is no path of a site.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::publish::Alone;
use crate::rules::Context;
use crate::xml;

declare_rule! {
    /// ## What it does
    /// Looks at the value that says where the application goes: `AppPath`, `Application Path`, `IIS Web Application Name`.
    /// A backslash, an address with `http://`, and a slash at an end are wrong in it.
    ///
    /// ## Why it matters
    /// The value is the name of a site, and of an application below it with `/` between them.
    /// On Azure it is `mysite` or `mysite/sub`, on IIS `Default Web Site/app`.
    /// With a backslash or an address msdeploy looks for a site of that name, and does not find it:
    /// "Site 'Default Web Site\app' does not exist".
    ///
    /// ## Example
    /// ```xml
    /// <setParameter name="AppPath" value="Default Web Site\shop\" />
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <setParameter name="AppPath" value="Default Web Site/shop" />
    /// ```
    ///
    /// ## Fix
    /// Writes slashes and takes those at the ends away.
    /// An address has no fix: which site answers it, only the server knows.
    ///
    /// ## References
    /// - Microsoft, "Web Deploy Parameterization"
    "set-parameters/malformed-site-path", SET002, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(Alone::SetParameters(values)) = &cx.package.alone else { return };
    let path = &values.markup.path;
    for parameter in values.list.iter().filter(|parameter| parameter.is_application_path()) {
        let Some(attribute) = &parameter.value else { continue };
        let value = attribute.value.trim();
        let is_address = value.to_ascii_lowercase().contains("://");
        let clean = value.replace('\\', "/");
        let clean = clean.trim_matches('/');
        if value.is_empty() || !is_address && clean == value {
            continue;
        }
        let what = if is_address { "an address" } else { "no path of a site" };
        let mut diagnostic =
            Diagnostic::new(Location::span(path, attribute.value_span), format!("`{value}` is {what}"))
                .consequence("msdeploy looks for a site of this name and does not find it.")
                .help("Write the name of the site, then `/` and the application: `Default Web Site/shop`.");
        // A path of the disk is not mended by other slashes.
        if !is_address && is_site_path(clean) {
            let edit = Edit::replace(path, attribute.value_span, xml::escape(clean));
            diagnostic = diagnostic.fix(Fix::safe(format!("Write `{clean}`"), vec![edit]));
        }
        out.push(diagnostic);
    }
}

fn is_site_path(clean: &str) -> bool {
    !clean.is_empty() && !clean.contains(':') && !clean.split('/').any(str::is_empty)
}
