local posix = require 'posix'

if posix.fork() ~= 0 then os.exit(0) end
posix.setpid('s')
while true do posix.sleep(86400) end
