//! Parameters.xml.

use crate::model::expression;
use crate::path::PackagePath;
use crate::xml::escape;

/// The parameters of a package with one application: where it is to be installed.
#[must_use]
pub fn new(app_folder: &PackagePath) -> String {
    let matching = escape(&expression::escape(app_folder.as_str()));
    format!(
        r#"<?xml version="1.0" encoding="utf-8"?>
<parameters>
  <!-- Where the application is installed: a site, or a site and a path ("Default Web Site/shop").
       The default is empty: the installer puts the site that it creates in its place. -->
  <parameter name="AppPath" defaultValue="" tags="iisapp">
    <!-- Replaces the path of the iisApp provider in Manifest.xml. -->
    <parameterEntry type="ProviderPath" scope="iisapp" match="^{matching}$" />
  </parameter>
</parameters>
"#
    )
}
