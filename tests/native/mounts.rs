//! ZIPs among the files that are packed: their entries get ids, bytes, and into the package.
#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::rc::Rc;

use gallery_packager::archive::{Mounts, OpenError, ZipInput};
use gallery_packager::contents::Source;
use gallery_packager::limits;
use gallery_packager::tree::{FileTree, InputId};

use crate::archive::{opened, package, written};
use crate::support::Files;

/// Files of text, which are deflated, and one that cannot be.
fn files(names: &[&str]) -> Files {
    let mut files = Files::default();
    for name in names {
        files.set(name, format!("# {name}\n").repeat(50).into_bytes());
    }
    files
}

fn zipped(files: &Files) -> Vec<u8> {
    package(&files.tree(), Rc::new(files.clone()), None).unwrap()
}

/// Everything that is mounted, in one tree.
fn together(own: FileTree, mounts: &Mounts, ids: &[(InputId, u64)]) -> FileTree {
    let mut tree = own;
    for (id, size) in ids {
        for entry in FileTree::from_raw(mounts.mount(*id, "x.whl", *size).unwrap().list()).entries() {
            tree.insert(entry.clone());
        }
    }
    tree
}

fn assert_holds(zip: &[u8], expected: &[&str]) {
    let zip = opened(zip.to_vec()).unwrap();
    let tree = FileTree::from_raw(zip.list());
    let names: Vec<&str> = tree.files().map(|entry| entry.path.as_str()).collect();
    assert_eq!(names, expected);
    for (raw, member) in zip.list().iter().zip(zip.members()).filter(|(raw, _)| !raw.folder) {
        assert_eq!(zip.read(raw.id, 0, raw.size).unwrap(), format!("# {}\n", raw.name).repeat(50).into_bytes());
        assert_eq!(member.method, 8);
    }
}

#[test]
fn packs_a_folder_with_the_zips_in_it_and_those_that_were_added() {
    let mut folder = files(&["app.py", "later.py"]);
    folder.set("one.whl", zipped(&files(&["flask/app.py"])));
    folder.set("two.whl", zipped(&files(&["jinja2/lexer.py", "jinja2/x.py"])));
    let sizes: Vec<u64> = folder.files.iter().map(|(_, bytes)| bytes.len() as u64).collect();
    let mut own = FileTree::default();
    let listed = folder.tree();
    own.insert(listed.file("app.py").unwrap().clone());
    own.insert(listed.file("later.py").unwrap().clone());
    let mounts = Rc::new(Mounts::folder(Rc::new(folder)));
    let [_, _, one, two] = *sizes.as_slice() else { unreachable!() };
    let tree = together(own, &mounts, &[(InputId(2), one), (Mounts::added(3), two)]);
    assert_eq!((mounts.number(InputId(1)), mounts.number(Mounts::added(3))), (Some(InputId(1)), Some(InputId(3))));
    let taken = tree.file("jinja2/x.py").unwrap();
    let gallery_packager::tree::Origin::Input(id) = taken.origin else { unreachable!() };
    let raw = mounts.raw(id).unwrap();
    assert_eq!((raw.zip.place(), raw.data.size), (Some((InputId(3), 0)), taken.size));
    assert_eq!(mounts.number(id), None);
    assert_holds(
        &written(&tree, &mounts).unwrap(),
        &["app.py", "flask/app.py", "jinja2/lexer.py", "jinja2/x.py", "later.py"],
    );
}

#[test]
fn opens_a_zip_in_a_zip_stored_or_deflated() {
    let inner = zipped(&files(&["flask/app.py"]));
    // A ZIP of many equal files deflates well, so that this one is deflated in the outer ZIP.
    let names: Vec<String> = (0..300).map(|number| format!("many/{number:03}.py")).collect();
    let many = zipped(&files(&names.iter().map(String::as_str).collect::<Vec<_>>()));
    let mut outer = files(&["app.py"]);
    outer.set("one.whl", inner.clone());
    outer.set("two.whl", many.clone());
    let bytes = zipped(&outer);
    let mut source = Files::default();
    source.set("outer.zip", bytes.clone());
    let source: Rc<dyn Source> = Rc::new(source);
    let zip = Rc::new(ZipInput::open(Rc::clone(&source), InputId(0), "outer.zip", bytes.len() as u64).unwrap());
    let listed = FileTree::from_raw(zip.list());
    let id = |name: &str| zip.list().iter().find(|entry| entry.name == name).unwrap().id;
    let methods = ["one.whl", "two.whl"].map(|name| zip.member(id(name)).unwrap().method);
    assert!(methods.contains(&8), "{methods:?}");
    let mounts = Rc::new(Mounts::zip(source, Rc::clone(&zip)));
    let mut own = FileTree::default();
    own.insert(listed.file("app.py").unwrap().clone());
    let tree = together(own, &mounts, &[(id("one.whl"), inner.len() as u64), (id("two.whl"), many.len() as u64)]);
    let mut expected = vec!["app.py", "flask/app.py"];
    expected.extend(names.iter().map(String::as_str));
    assert_holds(&written(&tree, &mounts).unwrap(), &expected);
}

#[test]
fn unpacks_only_so_many_zips_into_memory() {
    let inner = zipped(&files(&["flask/app.py", "flask/views.py"]));
    let mut outer = Files::default();
    outer.set("one.whl", inner);
    let bytes = zipped(&outer);
    let mut source = Files::default();
    source.set("outer.zip", bytes.clone());
    let source: Rc<dyn Source> = Rc::new(source);
    let zip = Rc::new(ZipInput::open(Rc::clone(&source), InputId(0), "outer.zip", bytes.len() as u64).unwrap());
    let id = zip.list().iter().find(|entry| entry.name == "one.whl").unwrap().id;
    assert_eq!(zip.member(id).unwrap().method, 8);
    let mounts = Mounts::zip(source, zip);
    // What counts is the size that a ZIP says it has, for that much may be needed.
    let size = limits::NESTED_BYTES;
    for _ in 0..limits::NESTED_TOTAL / size {
        assert!(mounts.mount(id, "one.whl", size).is_ok());
    }
    assert_eq!(mounts.mount(id, "one.whl", 1).err(), Some(OpenError::TooLargeInside));
}

#[test]
fn says_what_is_no_zip() {
    let mounts = Mounts::folder(Rc::new(files(&["app.whl"])));
    assert_eq!(mounts.mount(InputId(0), "app.whl", 500).err(), Some(OpenError::Other("a text file")));
    assert!(mounts.raw(InputId(0)).is_none());
}
