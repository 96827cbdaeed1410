select tipo from tipos
