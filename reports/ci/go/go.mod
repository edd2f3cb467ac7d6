module exampled

go 1.19
