//! setAcl: folders that the application may write to.

use super::{Lines, ParameterLines, entry, exactly};
use crate::model::Manifest;
use crate::model::manifest::Provider;
use crate::path::PackagePath;
use crate::xml::escape;

pub(super) fn add(lines: &mut Lines, manifest: &Manifest, app: &Provider, folders: &[PackagePath]) {
    let Some(root) = app.package_path() else { return };
    for folder in folders {
        let known = manifest.named("setAcl").any(|own| folder.same(own.path_text()));
        let (false, Some(rest)) = (known, folder.strip_ignoring_case(&root)) else { continue };
        let path = escape(folder.as_str());
        if lines.providers.iter().all(|line| !line.contains("<setAcl ")) {
            lines.providers.push("<!-- Lets the application write to these folders. -->".to_owned());
        }
        lines.providers.push(format!("<setAcl path=\"{path}\" setAclAccess=\"Modify\" />"));
        let name = lines.names.take_numbered("SetAclParameter");
        let parameter = ParameterLines {
            comment: &format!("The folder \"{rest}\" where the application is installed, for setAcl in Manifest.xml."),
            name: &name,
            default: Some(&format!("{{{}}}/{rest}", lines.base)),
            tags: "Hidden",
            children: vec![entry("ProviderPath", "setAcl", &exactly(folder.as_str()))],
            ..ParameterLines::default()
        };
        lines.parameters.push(parameter.text());
    }
}
