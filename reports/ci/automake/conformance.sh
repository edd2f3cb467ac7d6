#!/bin/sh
exec daemon-conformance ./exampled
