import Control.Concurrent (threadDelay)
import Control.Monad (forever, void)
import System.Posix.Process (createSession, forkProcess)

main :: IO ()
main = void (forkProcess (createSession >> forever (threadDelay 1000000000)))
