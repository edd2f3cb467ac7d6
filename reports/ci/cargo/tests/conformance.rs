use std::process::Command;

#[test]
fn becomes_a_daemon() {
    let program = std::env::var("EXAMPLED").unwrap_or("../exampled/exampled".into());
    let status = Command::new("daemon-conformance")
        .arg(program)
        .status()
        .expect("daemon-conformance starts: npm install -g daemon-conformance");
    match status.code() {
        Some(0) => {}
        Some(77) => eprintln!("nothing that counts applies here"),
        other => panic!("daemon-conformance ended with {other:?}"),
    }
}
