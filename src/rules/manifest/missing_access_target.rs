//! MAN016: rights on something that the package does not have.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::rules::Context;
use crate::rules::support::{acl_path_problem, exists};

declare_rule! {
    /// ## What it does
    /// Looks for the folder or file that a `setAcl` names, in any case.
    ///
    /// ## Why it matters
    /// It has to be there when the provider runs, right after the files were copied, else Web Deploy stops with
    /// `FileOrFolderNotFound`. A ZIP does not keep empty folders unless they are listed.
    ///
    /// ## Example
    /// ```xml
    /// <MSDeploy.iisApp>
    ///   <iisApp path="shop" />
    ///   <setAcl path="shop/uplaods" setAclAccess="Modify" />
    /// </MSDeploy.iisApp>
    /// ```
    ///
    /// ## Use instead
    /// ```xml
    /// <MSDeploy.iisApp>
    ///   <iisApp path="shop" />
    ///   <setAcl path="shop/uploads" setAclAccess="Modify" />
    /// </MSDeploy.iisApp>
    /// ```
    ///
    /// ## Fix
    /// The packager offers to add the empty folder.
    /// Please review it: the path may be misspelt.
    ///
    /// ## References
    /// - Microsoft, "Web Deploy error codes"
    "manifest/missing-access-target", MAN016, gallery: Warning, webdeploy: Warning
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(manifest) = cx.manifest() else { return };
    let file = &manifest.source.path;
    for provider in manifest.named("setAcl").filter(|provider| acl_path_problem(provider.path_text()).is_none()) {
        let Some(path) = provider.package_path() else { continue };
        let copied = manifest.named("alias").any(|alias| path.same(&alias.value("to").replace('\\', "/")));
        // Without the application's folder, or outside it, there is more amiss than this.
        let apart = cx.app.is_none() || manifest.is_in_an_app(&path) != Some(true);
        if copied || apart || exists(cx.tree(), &path) {
            continue;
        }
        let mut diagnostic =
            Diagnostic::new(Location::span(file, provider.path_span()), format!("`{path}` is not in the package"))
                .consequence("Web Deploy stops with `FileOrFolderNotFound` after it copied the files.")
                .help("Correct the path, or put what it names into the package.");
        if !provider.value("setAclResourceType").eq_ignore_ascii_case("File") {
            let edit = Edit::Folder { path: path.clone() };
            diagnostic = diagnostic.fix(Fix::review(format!("Add the empty folder `{path}`"), vec![edit]));
        }
        out.push(diagnostic);
    }
}
