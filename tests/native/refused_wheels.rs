//! Wheels that do not go into the package, or not all of them, and what is said of that.

use std::rc::Rc;

use crate::archive::package;
use crate::support::Files;
use crate::wheels::{NEW, checked, fired, flask, names, problems, saved, session, text, wheel};

#[test]
fn a_file_is_never_where_a_folder_is() {
    let own: [(&str, &[u8]); 3] = [("app.py", NEW.as_bytes()), ("tool/a.py", b""), ("Flask", b"a file")];
    let bytes = wheel("flask-3.0.3", &[("tool", "x"), ("flask/app.py", "")]);
    let session = session(&[own[0], own[1], own[2], ("flask-3.0.3-py3-none-any.whl", &bytes)]);
    assert_eq!(fired(&checked(&session), "layout/contested-file").len(), 1);
    let names = names(&saved(&session));
    assert!(names.contains(&"shop/tool/a.py".to_owned()) && names.contains(&"shop/Flask".to_owned()), "{names:?}");
    assert!(!names.iter().any(|name| name == "shop/tool" || name == "shop/flask/app.py"), "{names:?}");
}

#[test]
fn refuses_what_the_server_does_not_take() {
    let linux = "lxml-5.3.0-cp312-cp312-manylinux_2_17_x86_64.manylinux2014_x86_64.whl";
    let old = "old-1.0-py2-none-any.whl";
    let bytes = wheel("lxml-5.3.0", &[("lxml/etree.so", "\x7fELF")]);
    let flask = flask();
    let config = "<configuration><system.webServer><handlers><add name=\"x\" path=\"handler.fcgi\" verb=\"*\" \
        modules=\"FastCgiModule\" scriptProcessor=\"C:\\Python312\\python.exe|C:\\Python312\\wfastcgi.py\" \
        resourceType=\"Unspecified\" /></handlers></system.webServer></configuration>";
    let session = session(&[
        ("app.py", NEW.as_bytes()),
        ("web.config", config.as_bytes()),
        (linux, &bytes),
        (old, &wheel("old-1.0", &[("old.py", "")])),
        ("flask-3.0.3-py3-none-any.whl", &flask),
        ("flask-3.0.2-py3-none-any.whl", &flask),
        ("broken-1-py3-none-any.whl", b"PK\x03\x04 no ZIP at all"),
        ("nameless.whl", &flask),
    ]);
    let report = checked(&session);
    assert_eq!(
        problems(&report),
        [
            "broken-1-py3-none-any.whl: it is damaged: the ZIP is cut off: its end is missing, as after a download that broke off",
            "flask-3.0.2-py3-none-any.whl: `flask-3.0.3-py3-none-any.whl` has the same project in a version that is not older",
            &format!(
                "{linux}: the server has Python 3.12 (64 bits) and needs `cp312-win_amd64`, this is `cp312-cp312-manylinux_2_17_x86_64.manylinux2014_x86_64`"
            ),
            "nameless.whl: its name does not say what it is for",
            "old-1.0-py2-none-any.whl: the server has Python 3.12 (64 bits) and needs `py3-none-any`, this is `py2-none-any`",
        ]
    );
    assert_eq!(fired(&report, "layout/refused-wheel").len(), 5);
    let line = "pip download --only-binary=:all: --platform win_amd64 --python-version 3.12 --implementation cp -d wheels \
                lxml==5.3.0";
    assert!(report.diagnostics.iter().any(|item| item.finding.diagnostic.help.contains(line)));
    assert!(!names(&saved(&session)).iter().any(|name| name.contains("lxml") || name.contains(".whl")));
}

#[test]
fn a_damaged_wheel_is_told() {
    let bytes = wheel("flask-3.0.3", &[("flask/__init__.py", "x = 1\n")]);
    let mut short = wheel("flask-3.0.3", &[]);
    // A RECORD that lists what is not there.
    let listed = Files {
        files: vec![
            ("flask-3.0.3.dist-info/WHEEL".to_owned(), b"Wheel-Version: 1.0\n".to_vec()),
            ("flask-3.0.3.dist-info/RECORD".to_owned(), b"flask/app.py,,3\n".to_vec()),
        ],
    };
    let lacking = package(&listed.tree(), Rc::new(listed), None).unwrap();
    let summed = Files {
        files: vec![
            ("flask/app.py".to_owned(), b"x".to_vec()),
            ("flask-3.0.3.dist-info/WHEEL".to_owned(), b"Wheel-Version: 1.0\n".to_vec()),
            (
                "flask-3.0.3.dist-info/RECORD".to_owned(),
                b"flask/app.py,sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU,1\nflask-3.0.3.dist-info/WHEEL,,\n"
                    .to_vec(),
            ),
        ],
    };
    let changed = package(&summed.tree(), Rc::new(summed), None).unwrap();
    short.truncate(40);
    for (bytes, problem) in [
        (&bytes, None),
        (&short, Some("cut off")),
        (&changed, Some("the SHA-256 of `flask/app.py` is not what its RECORD says")),
        (&lacking, Some("its RECORD lists `flask/app.py`, which is not in it")),
    ] {
        let report = checked(&session(&[("app.py", NEW.as_bytes()), ("flask-3.0.3-py3-none-any.whl", bytes)]));
        let said = problems(&report).concat();
        assert_eq!(said.is_empty(), problem.is_none(), "{said}");
        assert!(said.contains(problem.unwrap_or_default()), "{said}");
    }
}

#[test]
fn the_application_wins_over_a_wheel() {
    let flask = flask();
    let code = "class Flask: pass\n".repeat(40);
    let other = wheel("other-1.0", &[("flask/extra.py", "extra = 2\n"), ("other.py", "")]);
    let session = session(&[
        ("app.py", NEW.as_bytes()),
        ("flask/__init__.py", code.as_bytes()),
        ("flask-3.0.3.dist-info/METADATA", b"Name: Flask\nVersion: 2.0\n"),
        ("flask-3.0.3-py3-none-any.whl", &flask),
        ("other-1.0-py3-none-any.whl", &other),
    ]);
    let report = checked(&session);
    assert_eq!(
        fired(&report, "layout/contested-file"),
        [
            "`shop/flask-3.0.3.dist-info/METADATA` of `flask-3.0.3-py3-none-any.whl` differs from what the application has, which stays",
            "`shop/flask/extra.py` of `other-1.0-py3-none-any.whl` differs from what `flask-3.0.3-py3-none-any.whl` has, which stays",
        ]
    );
    let zip = saved(&session);
    assert_eq!(text(&zip, "shop/flask/extra.py"), "extra = 1\n");
    assert_eq!(text(&zip, "shop/flask-3.0.3.dist-info/METADATA"), "Name: Flask\nVersion: 2.0\n");
}
