//! LAY002: a gallery package without Parameters.xml.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::model::{Kind, expression, root_file};
use crate::path::PackagePath;
use crate::rules::Context;
use crate::xml;

declare_rule! {
    /// ## What it does
    /// Looks for `Parameters.xml` at the root of the package, in any case.
    ///
    /// ## Why it matters
    /// The parameters say what an installer asks, and where the answers go.
    /// The gallery refuses a package without them.
    /// Web Deploy alone can install it, but to a web site with the same name as the application's folder.
    ///
    /// ## Example
    /// ```text
    /// shop.zip
    ///   Manifest.xml
    ///   shop/app.py
    /// ```
    ///
    /// ## Use instead
    /// ```text
    /// shop.zip
    ///   Manifest.xml
    ///   Parameters.xml
    ///   shop/app.py
    /// ```
    ///
    /// ## Fix
    /// Writes `Parameters.xml` with one parameter for the path of the application.
    /// Please review it: a package with a database or with access rights needs more of them.
    ///
    /// ## References
    /// - Microsoft, "Reference for the Web Application Package"
    /// - Microsoft, "Package an Application for the Windows Web Application Gallery"
    /// - The gallery's retired validator: a package without parameters failed
    "layout/missing-parameters", LAY002, gallery: Error, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    if cx.package.kind != Kind::GalleryPackage || root_file(cx.tree(), "parameters.xml").is_some() {
        return;
    }
    let mut diagnostic =
        Diagnostic::new(Location::raw("Parameters.xml"), "the package has no `Parameters.xml`")
            .consequence("No installer can ask where the application goes: Web Deploy puts it into a web site with the name of its folder.")
            .help("Add a parameter that is tagged `iisApp` and whose entry names the `iisApp` provider.");
    if let (Some(app), Ok(file)) = (&cx.app, PackagePath::new("Parameters.xml")) {
        let bytes = parameters(app.folder.as_str()).into_bytes();
        diagnostic = diagnostic.fix(Fix::review("Write `Parameters.xml`", vec![Edit::Write { file, bytes }]));
    }
    out.push(diagnostic);
}

/// A parameters file that asks for the path of the application.
fn parameters(folder: &str) -> String {
    let matching = xml::escape(&format!("^{}$", expression::escape(folder)));
    format!(
        r#"<?xml version="1.0" encoding="utf-8"?>
<parameters>
  <parameter name="AppPath" defaultValue="" tags="iisApp">
    <parameterEntry type="ProviderPath" scope="iisApp" match="{matching}" />
  </parameter>
</parameters>
"#
    )
}
