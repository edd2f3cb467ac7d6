(if (not (zero? (primitive-fork))) (primitive-exit 0))
(setsid)
(let loop () (pause) (loop))
