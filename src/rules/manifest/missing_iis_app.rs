//! MAN005: a manifest without an iisApp provider.

use crate::diagnostic::{Diagnostic, Location, Profile};
use crate::fix::Fix;
use crate::model::{Manifest, provider};
use crate::path::PackagePath;
use crate::rules::Context;
use crate::xml::{self, Element};

declare_rule! {
    /// ## What it does
    /// Looks for an `iisApp` provider in `Manifest.xml`, in any case.
    ///
    /// ## Why it matters
    /// `iisApp` copies the folder of the application and makes it an application of IIS.
    /// It is the one provider that the gallery requires.
    /// Any other package of Web Deploy may do without it, so this is a note there: a manifest with
    /// `contentPath` copies files, and IIS runs no application in them that it did not run before.
    ///
    /// ## Example
    /// ```xml
    /// <MSDeploy.iisApp>
    ///   <setAcl path="shop/media" setAclAccess="Modify" />
    /// </MSDeploy.iisApp>
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <MSDeploy.iisApp>
    ///   <iisApp path="shop" />
    ///   <setAcl path="shop/media" setAclAccess="Modify" />
    /// </MSDeploy.iisApp>
    /// ```
    ///
    /// ## Fix
    /// When the package has one folder at its root, the packager offers to add the provider for it.
    /// Please review it: providers run in the order in which they are written.
    ///
    /// ## References
    /// - Microsoft, "Reference for the Web Application Package"
    /// - The gallery's retired validator: a manifest without `iisApp` failed
    "manifest/missing-iis-app", MAN005, gallery: Error, webdeploy: Note
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(manifest) = cx.manifest() else { return };
    let Some(root) = manifest.root() else { return };
    let misspelt = |name: &str| provider::known(name).is_none() && provider::nearest(name) == Some("iisApp");
    // A misspelt one is the business of the rule about unknown providers, which can mend it.
    if manifest.iis_apps().next().is_some() || manifest.providers.iter().any(|provider| misspelt(&provider.name)) {
        return;
    }
    let consequence = match cx.profile {
        Profile::Gallery | Profile::Strict => {
            "Web Deploy installs no application, and the gallery refuses the package."
        }
        Profile::WebDeploy => "Web Deploy runs the other providers and makes no application of IIS.",
    };
    let location = Location::span(&manifest.source.path, root.name_span);
    let diagnostic = if root.is_ignoring_case("iisApp") {
        Diagnostic::new(location, format!("the root element `{}` is not read as a provider", root.name))
            .help("Put it into a root element such as `MSDeploy.iisApp`.")
    } else {
        Diagnostic::new(location, "the manifest has no `iisApp` provider")
            .help("Add an `iisApp` provider whose `path` is the application's folder in the package.")
    };
    let mut diagnostic = diagnostic.consequence(consequence);
    diagnostic.fixes.extend(fix(cx, manifest, root));
    out.push(diagnostic);
}

fn fix(cx: &Context<'_>, manifest: &Manifest, root: &Element) -> Option<Fix> {
    let tree = cx.tree();
    let folders: Vec<PackagePath> = tree.top().into_iter().filter(|path| tree.has_folder(path)).collect();
    let [folder] = folders.as_slice() else { return None };
    if root.is_ignoring_case("iisApp") {
        return None;
    }
    let file = &manifest.source.path;
    let line = format!("<iisApp path=\"{}\" />", xml::escape(folder.as_str()));
    let edit = xml::append_child(file, &*cx.contents.text(file)?, root, &line);
    Some(Fix::review(format!("Install the folder `{folder}`"), vec![edit]))
}
