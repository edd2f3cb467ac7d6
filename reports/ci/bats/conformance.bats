# `bats .`
@test "exampled becomes a daemon" {
  run daemon-conformance "${EXAMPLED:-../exampled/exampled}"
  [ "$status" -ne 77 ] || skip "nothing that counts applies here"
  echo "$output"
  [ "$status" -eq 0 ]
}
