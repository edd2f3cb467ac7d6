#!/bin/sh
# `prove conformance.t`: one test for each requirement, in groups.
exec daemon-conformance -f tap "${EXAMPLED:-../exampled/exampled}"
