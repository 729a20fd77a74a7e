CREATE TABLE done (
        input TEXT NOT NULL, size INTEGER NOT NULL, modified INTEGER NOT NULL,
        settings TEXT NOT NULL, output TEXT NOT NULL, finished REAL NOT NULL,
        PRIMARY KEY (input, settings, output)
    );
CREATE TABLE engines (owner TEXT NOT NULL, pid INTEGER NOT NULL, PRIMARY KEY (owner, pid));
CREATE TABLE waiting (
        target TEXT NOT NULL PRIMARY KEY, folder TEXT NOT NULL, input TEXT NOT NULL,
        size INTEGER NOT NULL, modified INTEGER NOT NULL, settings TEXT NOT NULL, job BLOB NOT NULL,
        owner TEXT NOT NULL, batch TEXT NOT NULL, total INTEGER NOT NULL
    );
INSERT INTO done VALUES ('{folder}/a.png', 3, 1700000000000000000, '{settings}', '{folder}/out.png', 1700000001.5);
PRAGMA user_version = 2;
