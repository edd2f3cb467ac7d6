//! The program under test stands elsewhere; in a crate of its own it is `env!("CARGO_BIN_EXE_exampled")`.
