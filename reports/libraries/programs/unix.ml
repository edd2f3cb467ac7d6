let () =
  if Unix.fork () <> 0 then exit 0;
  ignore (Unix.setsid ());
  while true do Unix.pause () done
