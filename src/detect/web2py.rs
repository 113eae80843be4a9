//! web2py: its handler has to lie in the root, and the distribution has it in a folder.

use super::project::Project;
use super::{Candidate, EntryPoint, Evidence, Load, Loader};

const HANDLER: &str = "handlers/wsgihandler.py";

pub(super) fn detect(project: &Project<'_>) -> Vec<Candidate> {
    let file = |path: &str| project.contents.tree().file(path).map(|entry| entry.path.clone());
    let (Some(handler), Some(_), Some(_)) = (file(HANDLER), file("web2py.py"), file("gluon/main.py")) else {
        return Vec::new();
    };
    let taken = project.contents.tree().file_ignoring_case("wsgihandler.py").is_some();
    if taken {
        return Vec::new();
    }
    let evidence = vec![Evidence::new(&handler, None, "is web2py's handler, which works in the root only")];
    let loader = Loader { module: "wsgihandler".to_owned(), load: Load::Script { file: handler, in_root: true } };
    let entry_point = EntryPoint::new("wsgihandler", "application", false);
    vec![Candidate { loader: Some(loader), ..Candidate::new("web2py", entry_point, evidence, 200) }]
}
