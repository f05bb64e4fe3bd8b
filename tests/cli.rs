//! Help, messages and mistakes of the command line, by snapshot in `tests/cmd/`.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a failure ends the program, which is the report")]

#[test]
fn the_command_line_answers_as_recorded() {
    trycmd::TestCases::new().case("tests/cmd/*.trycmd");
}
