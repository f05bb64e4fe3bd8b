//! Help, messages and mistakes of the command line, by snapshot in `tests/cmd/`.

#[test]
fn the_command_line_answers_as_recorded() {
    trycmd::TestCases::new().case("tests/cmd/*.trycmd");
}
