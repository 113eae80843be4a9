//! What a wheel puts where: its modules beside the application's, its `.data` folders by their kind.

use super::{Recorded, WheelName, record};
use crate::path::PackagePath;
use crate::python::project_name;
use crate::sorted::Map;
use crate::tree::{Entry, FileTree, Oddity};

/// What is taken out of a wheel.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// The entries to pack, each with the path that it gets.
    pub files: Vec<Entry>,
    /// What RECORD says about each, in the same order.
    pub recorded: Vec<Recorded>,
    /// What stays out.
    pub left: Vec<Left>,
}

/// Something of a wheel that is not packed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// Its path in the wheel.
    pub path: String,
    /// Whether it is a folder with everything in it.
    pub folder: bool,
    /// In bytes, when it is a file.
    pub size: Option<u64>,
    /// Why.
    pub reason: String,
}

/// Why a wheel cannot be unpacked; a clause that can stand after a colon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage(pub String);

/// Folders of `.data` whose content goes where Python imports from.
const MODULES: [&str; 2] = ["purelib", "platlib"];

/// What the other folders of `.data` hold.
const OTHERS: [(&str, &str); 3] = [
    ("scripts", "scripts for a command line, which a web server does not start"),
    ("headers", "headers for a compiler of C"),
    ("data", "files for the folder of Python itself, which no package can reach on a server"),
];

/// Sorts the files of a wheel; `text` reads one of them.
pub fn layout(
    name: &WheelName,
    tree: &FileTree,
    mut text: impl FnMut(&Entry) -> Option<String>,
) -> Result<Layout, Damage> {
    if let Some(odd) = tree.oddities().iter().find(|odd| !matches!(odd, Oddity::Backslash { .. })) {
        let (Oddity::Unusable { name, .. }
        | Oddity::Duplicate { name, .. }
        | Oddity::FileAndFolder { name, .. }
        | Oddity::Backslash { name, .. }) = odd;
        return Err(Damage(format!("the name `{name}` in it cannot be unpacked")));
    }
    let info = info_folder(name, tree)?;
    let file = |own: &str| info.join(own).ok().and_then(|path| tree.get(&path)).filter(|entry| !entry.folder);
    let about = file("WHEEL").and_then(&mut text).ok_or_else(|| Damage(format!("it has no `{info}/WHEEL`")))?;
    let format = about.lines().find_map(|line| line.strip_prefix("Wheel-Version:")).map_or("", str::trim);
    if !format.starts_with("1.") {
        return Err(Damage(format!("its format is `{format}`, and only 1 is known")));
    }
    let list = file("RECORD").and_then(&mut text).ok_or_else(|| Damage(format!("it has no `{info}/RECORD`")))?;
    sort(tree, &info, &record(&list))
}

/// The folder that describes the wheel: `flask-3.0.3.dist-info`.
fn info_folder(name: &WheelName, tree: &FileTree) -> Result<PackagePath, Damage> {
    let folders: Vec<PackagePath> =
        tree.top().into_iter().filter(|path| path.as_str().ends_with(".dist-info")).collect();
    let [folder] = folders.as_slice() else {
        let count = if folders.is_empty() { "no" } else { "more than one" };
        return Err(Damage(format!("it has {count} `.dist-info` folder")));
    };
    let project = folder.as_str().split('-').next().unwrap_or("");
    if project_name(project) != name.normalized() {
        return Err(Damage(format!("it is called `{}` and has `{folder}` in it", name.project)));
    }
    Ok(folder.clone())
}

fn sort(tree: &FileTree, info: &PackagePath, recorded: &Map<String, Recorded>) -> Result<Layout, Damage> {
    let absent = recorded.keys().find(|path| tree.file(path).is_none());
    if let Some(path) = absent {
        return Err(Damage(format!("its RECORD lists `{path}`, which is not in it")));
    }
    let data = info.as_str().strip_suffix(".dist-info").map(|stem| format!("{stem}.data")).unwrap_or_default();
    let mut out = Layout::default();
    let mut others: Map<String, &str> = Map::new();
    for entry in tree.files() {
        let path = entry.path.as_str();
        let signature =
            ["RECORD", "RECORD.jws", "RECORD.p7s"].iter().any(|own| info.join(own).is_ok_and(|own| own == entry.path));
        let said = recorded.get(path).cloned();
        if let Some(size) = said.as_ref().and_then(|said| said.size).filter(|size| *size != entry.size && !signature) {
            return Err(Damage(format!("`{path}` has {} bytes, and RECORD says {size}", entry.size)));
        }
        if said.is_none() && !signature {
            let reason = "not listed in the wheel's RECORD, so nobody vouches for it".to_owned();
            out.left.push(Left { path: path.to_owned(), folder: false, size: Some(entry.size), reason });
            continue;
        }
        let Some(inner) = path.strip_prefix(&data).and_then(|rest| rest.strip_prefix('/')).filter(|_| !data.is_empty())
        else {
            out.take(entry.clone(), said, path);
            continue;
        };
        let (kind, rest) = inner.split_once('/').unwrap_or((inner, ""));
        let target = PackagePath::new(rest).ok().filter(|_| MODULES.contains(&kind));
        if let Some(target) = target {
            out.take(Entry { path: target, ..entry.clone() }, said, path);
        } else {
            let known = OTHERS.iter().find(|(name, _)| *name == kind);
            others.insert(format!("{data}/{kind}"), known.map_or("a folder of an unknown kind", |(_, what)| what));
        }
    }
    let left =
        others.into_iter().map(|(path, reason)| Left { path, folder: true, size: None, reason: reason.to_owned() });
    out.left.extend(left);
    Ok(out)
}

/// Whether a file would lie where the server and Web Deploy look for those of the application: no library
/// decides how it is started or what its ZIP asks for.
fn is_reserved(path: &PackagePath) -> bool {
    let name = path.key();
    let versioned = name.starts_with("web.") && name.ends_with(".config") && !name.contains('/');
    let loader = name.strip_prefix("gallery_loader").is_some_and(|rest| !rest.contains('/') && rest.ends_with(".py"));
    versioned || loader || ["handler.fcgi", "manifest.xml", "parameters.xml"].contains(&name.as_str())
}

impl Layout {
    fn take(&mut self, entry: Entry, recorded: Option<Recorded>, from: &str) {
        if is_reserved(&entry.path) {
            let reason = "has the name of a file with which the application itself is set up".to_owned();
            self.left.push(Left { path: from.to_owned(), folder: false, size: Some(entry.size), reason });
            return;
        }
        self.files.push(entry);
        self.recorded.push(recorded.unwrap_or_default());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::files;

    fn laid(list: &[(&str, &str)]) -> Result<Layout, Damage> {
        let files = files(list);
        let contents = files.contents();
        let name = WheelName::parse("Shop.Tools-1.0-py3-none-any.whl").unwrap();
        layout(&name, contents.tree(), |entry| Some(contents.text(&entry.path)?.as_str().to_owned()))
    }

    const WHEEL: (&str, &str) = ("shop_tools-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n");
    const RECORD: &str = "shop_tools-1.0.dist-info/RECORD";

    #[test]
    fn puts_modules_at_the_root_and_leaves_scripts_out() {
        let list = "shop/a.py,sha256=x,1\nshop_tools-1.0.dist-info/WHEEL,,\nshop_tools-1.0.dist-info/RECORD,,\n\
                    shop_tools-1.0.data/purelib/shop/b.py,,\nshop_tools-1.0.data/platlib/c.pyd,,\n\
                    shop_tools-1.0.data/scripts/shop,,\nshop_tools-1.0.data/odd/x,,\n";
        let laid = laid(&[
            ("shop/a.py", "1"),
            ("shop/extra.py", "2"),
            WHEEL,
            (RECORD, list),
            ("shop_tools-1.0.data/purelib/shop/b.py", ""),
            ("shop_tools-1.0.data/platlib/c.pyd", ""),
            ("shop_tools-1.0.data/scripts/shop", ""),
            ("shop_tools-1.0.data/odd/x", ""),
        ])
        .unwrap();
        let paths: Vec<&str> = laid.files.iter().map(|entry| entry.path.as_str()).collect();
        assert_eq!(
            paths,
            ["shop/a.py", "c.pyd", "shop/b.py", "shop_tools-1.0.dist-info/RECORD", "shop_tools-1.0.dist-info/WHEEL"]
        );
        assert_eq!(laid.recorded.first().unwrap().sha256.as_deref(), Some("x"));
        let left: Vec<(&str, bool)> = laid.left.iter().map(|left| (left.path.as_str(), left.folder)).collect();
        assert_eq!(
            left,
            [("shop/extra.py", false), ("shop_tools-1.0.data/odd", true), ("shop_tools-1.0.data/scripts", true)]
        );
    }

    #[test]
    fn says_what_is_damaged() {
        let said = |list: &[(&str, &str)]| laid(list).unwrap_err().0;
        assert_eq!(said(&[("a.py", "")]), "it has no `.dist-info` folder");
        assert_eq!(
            said(&[("other-1.dist-info/WHEEL", "")]),
            "it is called `Shop.Tools` and has `other-1.dist-info` in it"
        );
        assert_eq!(said(&[WHEEL]), "it has no `shop_tools-1.0.dist-info/RECORD`");
        assert_eq!(said(&[WHEEL, (RECORD, "a.py,,\n")]), "its RECORD lists `a.py`, which is not in it");
        assert_eq!(said(&[WHEEL, (RECORD, "a.py,,2\n"), ("a.py", "1")]), "`a.py` has 1 bytes, and RECORD says 2");
        assert_eq!(
            said(&[("shop_tools-1.0.dist-info/WHEEL", "Wheel-Version: 2.0")]),
            "its format is `2.0`, and only 1 is known"
        );
        assert_eq!(said(&[WHEEL, ("../x.py", "")]), "the name `../x.py` in it cannot be unpacked");
    }
}
