# The habits of the project.

# Format, lints, tests: what CI runs.
check:
    bash .ci/run

test:
    cargo test

# Evaluations on data that lie outside the project; each says clearly when its data is absent.
eval:
    cargo run --release --example real
    cargo run --release --example eval_extraction
    cargo run --release --example eval_dates
    cargo run --release --example eval_quotes
    cargo run --release --example eval_near_duplicates
    cargo run --release --example eval_lineage
    cargo run --release --example eval_ranking
    cargo test --test interviews --test metadata --test no_article --test sentences --test undated -- --nocapture

bench:
    cargo bench
