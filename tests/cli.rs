//! What the program prints, as transcripts: `cli/*.trycmd` and `cli/*.toml`, the files that they work on beside them.
//! `TRYCMD=overwrite` takes what it prints now; read the difference before it is committed.

#[test]
fn transcripts() {
    trycmd::TestCases::new()
        // Not the width of somebody's window.
        .env("COLUMNS", "100")
        .case("tests/cli/*.trycmd")
        .case("tests/cli/*.toml");
}
