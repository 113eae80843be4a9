//! Names that a package may have on other systems, and what the rules say about them on Windows.

use gallery_packager::diagnostic::Profile;

use crate::golden;
use crate::support::{Files, root};

/// The rules about names that fire when these names are added to the clean package.
fn rules(names: &[&str]) -> String {
    let mut files = Files::read(&root().join("tests/golden/base"));
    files.files.extend(names.iter().map(|name| ((*name).to_owned(), b"x".to_vec())));
    golden::fired(&files, Profile::WebDeploy, "ZIP")
}

#[test]
fn names_of_devices() {
    for name in [
        "CON",
        "PRN",
        "AUX",
        "NUL",
        "COM1",
        "COM9",
        "LPT1",
        "LPT9",
        "CONIN$",
        "CONOUT$",
        "COM¹",
        "LPT³",
        "aux.py",
        "con.txt",
        "nul.tar.gz",
        "Com1.html",
        "lpt1 .txt",
        "aux/__init__.py",
        // Of older Windows, which servers still run.
        "COM0",
        "CLOCK$",
    ] {
        assert_eq!(rules(&[&format!("shop/{name}")]), "ZIP012 warning", "{name}");
    }
    for name in ["COM10", "console.py", "nullable.py"] {
        assert_eq!(rules(&[&format!("shop/{name}")]), "", "{name}");
    }
}

#[test]
fn names_that_windows_cuts_or_refuses() {
    for name in ["a.", "a ", "a. .", "dir./b", "dir /b", "...", ". ", "NUL:", "file.txt:evil", "web.config::$DATA"] {
        assert_eq!(rules(&[&format!("shop/{name}")]), "ZIP012 warning", "{name}");
    }
    for bad in ['<', '>', ':', '"', '|', '?', '*'] {
        assert_eq!(rules(&[&format!("shop/a{bad}b")]), "ZIP012 warning", "{bad}");
    }
    assert_eq!(rules(&["file:///x"]), "ZIP012 warning");
    assert_eq!(rules(&["app::$INDEX_ALLOCATION/x"]), "ZIP012 warning");
    assert_eq!(rules(&["shop/<img src=x onerror=alert(1)>.py"]), "ZIP012 warning");
    assert_eq!(rules(&["shop/&lt;b&gt;'`${77}{{77}}.py"]), "");
}

#[test]
fn names_that_leave_the_package() {
    for name in [
        "../x",
        "app/../../x",
        "/etc/x",
        "C:/x",
        "C:x",
        "//srv/share/x",
        r"\\srv\x",
        r"..\x",
        r"app/..\..\x",
        r"\\?\C:\x",
        "",
        "/",
        "app/a\0b",
        "app/a\nb",
        "app/a\u{1f}b",
        "app/a\u{7f}b",
    ] {
        assert_eq!(rules(&[name]), "ZIP007 error", "{name:?}");
    }
    for name in ["./x", "app//x", "app/./x", "~/x", "./", "app/..x"] {
        assert_eq!(rules(&[name]), "", "{name}");
    }
    assert_eq!(rules(&["app/．．/x"]), "ZIP012 warning", "it only looks like a parent");
}

#[test]
fn names_that_are_there_twice() {
    for (names, fired) in [
        (&["app/a.py", "app/a.py"] as &[&str], "ZIP009 error"),
        (&["app/a.py", "./app/a.py"], "ZIP009 error"),
        (&[r"app\a.py"], "ZIP008 warning"),
        (&[r"app\a.py", r"app\b.py", r"app\sub\"], "ZIP008 warning"),
        (&[r"app\a.py", "app/a.py"], "ZIP008 error, ZIP008 warning"),
        (&["app/a.py", r"app\a.py"], "ZIP008 error, ZIP008 warning"),
        (&[r"app\a.py", r"app\a.py"], "ZIP009 error, ZIP008 warning"),
        (&["app/A.py", "app/a.py"], "ZIP010 warning"),
        (&["app/Lib/x.py", "app/lib/x.py"], "ZIP010 warning, ZIP010 warning"),
        (&["app/Lib/x.py", "app/lib/y.py"], "ZIP010 warning"),
        (&["app/ß.py", "app/ẞ.py"], "ZIP010 warning"),
        (&["app/I.py", "app/ı.py"], ""),
        (&["app/a", "app/a/b"], "ZIP011 error"),
        (&["app/a/b", "app/a"], "ZIP011 error"),
        (&["app/a", "app/a/"], "ZIP011 error"),
        (&["app/a/", "app/a"], "ZIP011 error"),
        (&["app/A", "app/a/b"], "ZIP011 error"),
    ] {
        assert_eq!(rules(names), fired, "{names:?}");
    }
}
