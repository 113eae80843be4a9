//! Manifest.xml.

use crate::path::PackagePath;
use crate::xml::escape;

/// The manifest of a package with one application.
#[must_use]
pub fn new(app_folder: &PackagePath) -> String {
    let path = escape(app_folder.as_str());
    format!(
        r#"<?xml version="1.0" encoding="utf-8"?>
<MSDeploy.iisApp>
  <!-- Copies the folder "{comment}" of this package to the site, and makes it an application of IIS. -->
  <iisApp path="{path}" />
</MSDeploy.iisApp>
"#,
        comment = super::comment(app_folder.as_str()),
    )
}
