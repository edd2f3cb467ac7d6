package require Tclx

if {[fork] != 0} exit
id process group set
vwait forever
